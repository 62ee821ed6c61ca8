"""The hub that is tested: deploy/jupyterhub_config.py, with users who need no account, on this computer alone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

c: Any = get_config()  # noqa: F821 (JupyterHub gives it)

load_subconfig(str(Path(os.environ["CTEKIT_TEST_ROOT"], "deploy", "jupyterhub_config.py")))  # noqa: F821

PLACE = os.environ["CTEKIT_TEST_PLACE"]

c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = f"{PLACE}/{{username}}"
c.Spawner.environment = {"JUPYTER_PREFER_ENV_PATH": "1", "OPENBLAS_NUM_THREADS": "1"}
c.Spawner.env_keep = ["PATH", "LANG", "OPENBLAS_CORETYPE"]
c.Spawner.args = [*c.Spawner.args, "--allow-root"]

c.JupyterHub.bind_url = f"http://127.0.0.1:{os.environ['CTEKIT_TEST_PORT']}"
c.JupyterHub.hub_port = int(os.environ["CTEKIT_TEST_HUB_PORT"])
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{os.environ['CTEKIT_TEST_API_PORT']}"
c.ConfigurableHTTPProxy.command = [os.environ["CTEKIT_TEST_PROXY"]]
c.JupyterHub.db_url = f"sqlite:///{PLACE}/hub.sqlite"
c.JupyterHub.cookie_secret_file = f"{PLACE}/cookie_secret"
c.JupyterHub.log_level = "WARN"
c.JupyterHub.services = [{"name": "tests", "api_token": os.environ["CTEKIT_TEST_TOKEN"]}]
c.JupyterHub.load_groups = {"state-agency": {"users": ["pat"]}}
c.JupyterHub.load_roles = [
    {"name": "tests", "scopes": ["admin:users", "admin:servers", "access:servers"], "services": ["tests"]}
]
