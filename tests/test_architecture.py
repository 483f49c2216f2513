"""The house stands as docs and ``bot/__init__.py`` say: imports point down, and nothing happens on import."""

import subprocess
import sys

import pytest

from bot import settings

MODULES = sorted(
    ".".join(path.relative_to(settings.HOME).with_suffix("").parts).removesuffix(".__init__")
    for package in ("bot", "commands")
    for path in (settings.HOME / package).rglob("*.py")
    if path.name != "__main__.py"
)


def test_imports_point_down_only():
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache"],
        cwd=settings.HOME,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 broken" in done.stdout


def test_nothing_happens_on_import(tmp_path):
    """No file is written, no logging set up, no thread started and nothing printed."""
    script = (
        "import importlib, logging, os, sys, threading\n"
        "import warnings; warnings.simplefilter('ignore')\n"
        "for name in sys.argv[1:]:\n"
        "    importlib.import_module(name)\n"
        "assert not logging.getLogger().handlers, logging.getLogger().handlers\n"
        "assert threading.active_count() == 1, threading.enumerate()\n"
        "assert os.listdir() == [], os.listdir()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *MODULES],
        cwd=tmp_path,
        env={"PYTHONPATH": str(settings.HOME), "PATH": "", "HOME": str(tmp_path), "ONRECORD_LOG__LEVEL": "not read"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("module", MODULES)
def test_every_module_says_what_it_is_for(module):
    path = settings.HOME.joinpath(*module.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    assert file.read_text(encoding="utf-8").startswith(('"""', 'r"""')), module
