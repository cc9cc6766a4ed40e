"""Output that people read, kept as files: UPDATE_GOLDEN=1 writes them anew, and the diff is then read by eye."""

import os
from pathlib import Path

GOLDEN = Path(__file__).with_name("golden")


def check_golden(name: str, text: str) -> None:
    """Hold a text against tests/golden/NAME."""
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.write_bytes(text.encode())
    assert path.is_file(), f"{name}: no such golden file; UPDATE_GOLDEN=1 makes it"
    assert text == path.read_bytes().decode()
