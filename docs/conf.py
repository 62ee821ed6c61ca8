"""How the site is built: ``make docs``. It asks for nothing from outside, when it is built and when it is read."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

import ctekit  # noqa: E402
from docs import generate  # noqa: E402

generate.write(HERE / "generated")

project = "ctekit"
author = "ctekit authors"
project_copyright = "ctekit authors"
version = release = ctekit.__version__
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc", "numpydoc"]
suppress_warnings = ["myst.header"]
default_role = "py:obj"

myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
autodoc_typehints = "none"  # the docstrings say types in people's words
autodoc_member_order = "bysource"
numpydoc_show_class_members = False

html_theme = "pydata_sphinx_theme"
html_title = "ctekit"
html_static_path = ["static", "generated/static"]
html_css_files = ["ctekit.css", "site.css"]
html_show_sourcelink = False
html_copy_source = False
html_theme_options = {
    "show_toc_level": 2,
    "navbar_end": ["theme-switcher"],
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["copyright"],
    "footer_end": [],
}
