"""Where the shared recordings lie, for tests that walk them; such tests skip, by name, where they are absent.

Properties are tried on the same examples in every run; `--hypothesis-profile=thorough` looks for new ones, for hours.
"""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from planted import vcrpy
from repositories import commit, git

from cassette_cli import cli

# No test is timed: the machine may be busy.
settings.register_profile(
    "usual", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.register_profile("thorough", settings.get_profile("usual"), derandomize=False, max_examples=10_000)
settings.load_profile("usual")

SHARED = Path(__file__).resolve().parents[2] / "shared"


def _folder(name: str) -> Path:
    path = SHARED / name
    if not path.is_dir():
        pytest.skip(f"{name}: the shared recordings are not beside this checkout")
    return path


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real recordings."""
    return _folder("corpus")


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The two recordings that the project started from."""
    return _folder("seeds")


@pytest.fixture(scope="session")
def oracle() -> Path:
    """What the vendors' SDKs make of the recorded replies."""
    return _folder("oracle")


@pytest.fixture
def work_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new repository as working directory, and nothing of the user's own settings."""
    top = tmp_path / "work tree"
    top.mkdir()
    monkeypatch.chdir(top)
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    (tmp_path / ".gitconfig").write_text("[user]\n\tname = A\n\temail = a@b.example\n[init]\n\tdefaultBranch = main\n")
    git("init", "--quiet")
    return top


@pytest.fixture
def enabled(work_tree: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A commit of one recording, `c/a.yaml`, and of one file that is none, `c/other.yaml`."""
    (work_tree / "c").mkdir()
    (work_tree / "c/a.yaml").write_text(vcrpy(reply=["It is ", "five."]))
    (work_tree / "c/other.yaml").write_text("a: 1\n")
    assert cli.run(["git", "enable", "c/*"]) == 0
    capsys.readouterr()
    commit("first")
    return work_tree
