"""What is offered for the values of options."""

import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cassette_cli import cli
from cassette_cli.commands import completing
from cassette_cli.commands.completing import COMPLETERS, with_completions

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
SUM = str(SAMPLES / "vcrpy" / "openai_chat_sse_add_multiply.yaml")


def offers(command: str, option: str, *paths: str, begun: str = "") -> list[str]:
    params = with_completions(command, cli.loaded(command)).params
    param: Any = next(each for each in params if option in (*each.opts, each.name))
    context = SimpleNamespace(params={}, args=list(paths))
    return [offer.value for offer in param.shell_complete(context, begun)]


def test_every_entry_is_an_option_that_there_is() -> None:
    for command, option in COMPLETERS:
        params = cli.loaded(command).params
        assert [each for each in params if option in (*each.opts, each.name)], (command, option)


@pytest.mark.parametrize(("command", "option"), list(COMPLETERS))
def test_every_entry_offers_something(command: str, option: str) -> None:
    assert offers(command, option, SUM)


@pytest.mark.parametrize(
    ("command", "option", "begun", "expected"),
    [
        ("show", "-i", "", ["0", "1"]),
        ("show", "-i", "0,", ["0,0", "0,1"]),
        ("edit", "--drop", "1", ["1"]),
        ("ls", "--model", "", ["example-mini-1"]),
        ("ls", "--host", "api", ["api.openai.example"]),
        ("ls", "--protocol", "openai.ch", ["openai.chat_completions"]),
        ("diff", "--ignore", "usage,te", ["usage,text"]),
        ("rechunk", "--by", "h", ["hostile"]),
        ("rechunk", "--to", "", ["plain", "stream"]),
        ("check", "--level", "", ["note", "warning", "error"]),
        ("check", "--select", "stream-c", ["stream-cut-off"]),
        ("schema", "name", "cassette.sh", ["cassette.show/1"]),
        ("trim", "--class", "da", ["date"]),
    ],
)
def test_what_is_offered(command: str, option: str, begun: str, expected: list[str]) -> None:
    assert offers(command, option, SUM, begun=begun) == expected


def test_an_interaction_says_what_it_is() -> None:
    (offer, _) = list(COMPLETERS["show", "--interaction"]([SUM]))
    assert offer.help == "POST api.openai.example/v1/chat/completions example-mini-1"


def test_numbers_are_those_of_one_recording() -> None:
    assert offers("show", "-i") == []
    assert offers("show", "-i", SUM, SUM) == []
    assert offers("show", "-i", "absent.yaml") == []


def test_who_presses_a_key_does_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(completing, "PATIENCE", 0.0)
    before = time.process_time()
    assert len(offers("ls", "--model", str(SAMPLES))) <= 2
    assert time.process_time() - before < 5
