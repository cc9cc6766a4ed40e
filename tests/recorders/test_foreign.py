"""What looks like a cassette and is none is named, and passed over in directories."""

from pathlib import Path

import pytest

from cassette_cli import files
from cassette_cli.errors import CassetteError

OTHERS = {
    "gRPC": ("version: 1\ninteractions:\n- request_sample: {raw: a}\n  response_sample: {}\n", "messages over gRPC"),
    "WebSocket": ("interactions:\n- kind: message\n  direction: received\n  data: {}\n", "frames of a WebSocket"),
    "tokens": ("interactions:\n  00ff:\n  - token: 5\n    text: a\n", "tokens of a local model"),
    "snapshot": ("models:\n- a\nconversations:\n- messages:\n  - role: user\n", "conversations of an agent"),
    "cassetter": (
        "version: 1\ninteractions: {}\nws_interactions:\n- uri: wss://x.y\n",
        "messages over gRPC or a WebSocket",
    ),
}


@pytest.mark.parametrize(("text", "name"), OTHERS.values(), ids=OTHERS.keys())
def test_others_are_named(tmp_path: Path, text: str, name: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CassetteError, match=f"not a cassette: {name}, as .*, and no HTTP"):
        files.read(str(path))
    passed_over: list[str] = []
    assert list(files.load([str(tmp_path)], passed_over=passed_over)) == []
    assert passed_over == [str(path)]


@pytest.mark.parametrize("text", ["interactions:\n- step: 1\n", "conversations: 5\n", "interactions:\n  a: 1\n"])
def test_what_is_not_known_is_not_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CassetteError, match="not a cassette that this tool knows"):
        files.read(str(path))
