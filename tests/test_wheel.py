"""A wheel is all a person needs: installed where there is no checkout, it starts a partnership and exports it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted(path.stem for path in ROOT.glob("notebooks/[0-9][0-9]-*.ipynb"))
LEFT_BEHIND = (  # by people at work in a checkout
    "notebooks/partnership.ctekit",
    "notebooks/Untitled.ipynb",
    "notebooks/pages/index.html",
    "notebooks/.ipynb_checkpoints/00-start-here-checkpoint.ipynb",
    "exercises/partnership.ctekit",
    "data/sample/.ipynb_checkpoints/harrow-bend.toml",
)


pytestmark = pytest.mark.timeout(900)  # a build and an install from nothing


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from a copy of the checkout in which somebody has been working."""
    folder = tmp_path_factory.mktemp("wheel")
    checkout = folder / "checkout"
    checkout.mkdir()
    for name in ("ctekit", "notebooks", "exercises", "data"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "LICENSE-CONTENT.md"):
        shutil.copy(ROOT / name, checkout)
    for name in LEFT_BEHIND:
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        (checkout / name).write_text("left behind", encoding="utf-8")
    # Without isolation: hatchling is in the test extra, so that nothing is fetched here.
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder / "dist", checkout, cwd=folder)
    (built,) = (folder / "dist").glob("ctekit-*.whl")
    return built


@pytest.fixture(scope="module")
def bin_folder(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of an environment in which ctekit itself comes from the wheel.

    What ctekit depends on is borrowed from the environment the tests run in, by a ``.pth`` file: a test that fetched
    200 MB would not be run. A folder borrowed so has its own ``.pth`` files passed over, so that an editable install
    of the checkout stays out of sight.
    """
    place = tmp_path_factory.mktemp("empty") / "venv"
    venv.create(place, with_pip=False)
    scripts = place / ("Scripts" if sys.platform == "win32" else "bin")
    python = scripts / ("python.exe" if sys.platform == "win32" else "python")
    pip = [sys.executable, "-m", "pip", "--python", python, "--quiet", "--disable-pip-version-check"]
    run(*pip, "install", "--no-deps", "--no-index", wheel, cwd=place)
    own = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=place).strip())
    borrowed = dict.fromkeys(sysconfig.get_path(kind) for kind in ("purelib", "platlib"))
    (own / "borrowed.pth").write_text("\n".join(borrowed), encoding="utf-8")
    return scripts


def run(*command: object, cwd: Path) -> str:
    """Run a command as a person would who has no checkout; its output, or the test fails with what it said."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST", "VIRTUAL"))}
    # nbconvert's own templates lie beside the borrowed packages, in the running environment's share/jupyter.
    ours["JUPYTER_PATH"] = str(Path(sys.prefix) / "share" / "jupyter")
    done = subprocess.run(
        [*map(str, command)], cwd=cwd, env=ours, capture_output=True, text=True, check=False, timeout=800
    )
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_the_wheel_carries_notebooks_exercises_samples_templates_and_licenses(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert NOTEBOOKS
    for pattern in ("notebooks/**/[0-9][0-9]-*.ipynb", "exercises/[0-9][0-9]-*.ipynb", "data/sample/**/*"):
        assert {f"ctekit/content/{name}" for name in tracked(pattern)} <= names
    assert tracked("data/sample/**/*")
    for pattern in ("ctekit/**/*.j2", "ctekit/**/*.js", "ctekit/**/*.css", "ctekit/**/*.toml", "ctekit/lab/*.json"):
        assert tracked(pattern), f"no file is like {pattern}"
        assert tracked(pattern) <= names
    assert {name.rsplit("/", 1)[-1] for name in names if "/licenses/" in name} == {"LICENSE", "LICENSE-CONTENT.md"}


def tracked(pattern: str) -> set[str]:
    """The files of the checkout that are like the pattern, without hidden ones and caches."""
    paths = (path.relative_to(ROOT) for path in ROOT.glob(pattern) if path.is_file())
    return {path.as_posix() for path in paths if not any(part[0] in "._" for part in path.parent.parts)}


def test_the_wheel_carries_nothing_that_people_left_in_the_checkout(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    assert [name for name in archive.namelist() if archive.read(name) == b"left behind"] == []
    tops = {name.split("/")[0] for name in archive.namelist()}
    assert {top for top in tops if not top.startswith("ctekit")} == set()


def test_an_installed_wheel_brings_its_extension_to_every_jupyter_of_the_environment(bin_folder: Path) -> None:
    extension = bin_folder.parent / "share" / "jupyter" / "labextensions" / "ctekit"
    assert (extension / "package.json").is_file()
    assert (extension / "static" / "remoteEntry.js").is_file()


def test_an_installed_wheel_starts_a_partnership_and_exports_it(bin_folder: Path, tmp_path: Path) -> None:
    where = run(bin_folder / "python", "-c", "import ctekit; print(ctekit.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(bin_folder.parent), "this is not the ctekit of the wheel"

    run(bin_folder / "ctekit", "new", "Riverside", "--folder", "riverside", "--sample", "harrow-bend", cwd=tmp_path)
    partnership = tmp_path / "riverside"
    assert (partnership / "partnership.ctekit").is_file()
    assert {*NOTEBOOKS} <= {path.stem for path in partnership.glob("*.ipynb")}

    run(bin_folder / "ctekit", "export", "riverside", "--output", "pages", cwd=tmp_path)
    assert {"index", "families", "00-start-here"} <= {path.stem for path in (tmp_path / "pages").glob("*.html")}
