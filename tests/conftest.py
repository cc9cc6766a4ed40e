"""Where the shared recordings lie, for tests that walk them; such tests skip, by name, where they are absent."""

from pathlib import Path

import pytest

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
