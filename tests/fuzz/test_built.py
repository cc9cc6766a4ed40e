"""Cassettes of every recorder, style, framing and protocol are read as what they are, and the laws hold of them."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st
from laws import often

from cassette_cli import files
from cassette_cli.recorders import RECORDERS

from .built import Built, cassettes
from .layouts import LAYOUTS
from .recordings import COMMANDS, check, check_run


def test_every_recorder_is_there() -> None:
    assert {*LAYOUTS, "httprr"} == {each.NAME for each in RECORDERS}


@often(2)
@given(cassettes())
def test_a_cassette_is_read_as_what_it_is(built: Built) -> None:
    cassette = files.read("a.yaml", built.data)
    assert cassette.recorder == built.recorder
    assert len(cassette.interactions) == len(built.held)
    for each, held in zip(cassette.interactions, built.held, strict=True):
        assert each.response.status == held.status
        assert each.request.method == (None if built.recorder == "cachy" else held.method)


@often(2)
@given(cassettes(), st.integers(0, 1_000_000))
def test_any_text_of_it_can_be_edited(built: Built, seed: int) -> None:
    check(built.data, Random(seed))


@given(cassettes(), st.sampled_from(COMMANDS))
def test_any_command_takes_it(built: Built, command: str) -> None:
    check_run(built.data, command)
