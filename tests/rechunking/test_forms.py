import pytest
from edits import sample

from cassette_cli.errors import CassetteError
from cassette_cli.exchange import Exchange, exchange
from cassette_cli.model import Cassette
from cassette_cli.rechunking.forms import events_in, formed
from cassette_cli.rechunking.proven import Recipe, rechunked

CHAT = "vcrpy/openai_chat_sse_add_multiply.yaml"


def exchanges(cassette: Cassette) -> list[Exchange]:
    return [exchange(each) for each in cassette.interactions]


def test_replies_take_a_form() -> None:
    cassette = sample(CHAT)
    found = formed(cassette, exchanges(cassette), "plain")

    assert [each.streamed for each in found.exchanges] == [False, False]
    assert found.events == {each.interaction.index: events_in(each) for each in exchanges(cassette)}
    assert found.skipped == {}


def test_what_has_the_form_is_left_alone() -> None:
    cassette = sample(CHAT)
    found = formed(cassette, exchanges(cassette), "stream")

    assert found.cassette is cassette
    assert found.skipped == {0: "it is streamed already", 1: "it is streamed already"}


def test_where_no_reply_has_it_that_is_an_error() -> None:
    cassette = sample("vcrpy/openai_embeddings_float.yaml")

    with pytest.raises(CassetteError, match="not known here"):
        formed(cassette, exchanges(cassette), "stream")


def test_a_stream_made_of_a_plain_reply_is_cut() -> None:
    cassette = sample("vcrpy/openai_chat_text.yaml")
    changed = rechunked(cassette, exchanges(cassette), Recipe(by="char", to="stream"))
    (outcome,) = changed.outcomes
    (reply,) = [exchange(each).reply for each in changed.cassette.interactions]
    assert reply

    assert outcome.events[0] == 1
    assert outcome.events[1] > len(getattr(reply.messages[0].parts[0], "content", ""))
    assert reply == exchanges(cassette)[0].reply


def test_a_plain_reply_of_a_stream_is_one_event() -> None:
    cassette = sample(CHAT)
    changed = rechunked(cassette, exchanges(cassette)[1:], Recipe(to="plain"))

    assert [(each.index, each.events, each.skipped) for each in changed.outcomes] == [(1, (8, 1), None)]
    assert [each.streamed for each in exchanges(changed.cassette)] == [True, False]
