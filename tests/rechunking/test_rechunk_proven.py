"""The proof before a write: what it lets through, what it refuses, and what it does about what lies between pieces."""

from pathlib import Path

import pytest
from streams import cassette_of, done_to, sse

from cassette_cli import files
from cassette_cli.errors import CassetteError, InternalError
from cassette_cli.exchange import exchange
from cassette_cli.rechunking import proven
from cassette_cli.rechunking.noise import noises
from cassette_cli.rechunking.proven import Recipe, rechunked

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
NAMES = ("sse", "stream", "ndjson", "array")
STREAMED = [path for path in sorted(SAMPLES.glob("[!m]*/*")) if any(name in path.name for name in NAMES)]
ONE = '{"choices":[{"index":0,"delta":{"role":"assistant","content":"a"}}]}'
TWO = '{"choices":[{"index":0,"delta":{"role":"assistant","content":"b"}}]}'
THREE = '{"choices":[{"index":0,"delta":{"content":"c"}}]}'
STOP = '{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}'


def test_what_clients_stumble_over_stays() -> None:
    """The role comes twice. Gathered in one event it would come once, so the second event stays."""
    after = done_to(cassette_of(sse(ONE, TWO, THREE, STOP, "[DONE]")), Recipe(by="whole"))

    assert after == sse(ONE, TWO.replace('"b"', '"bc"'), STOP, "[DONE]")


def test_text_after_the_finish_reason_stays_there() -> None:
    body = sse(ONE, STOP, THREE, THREE, "[DONE]")

    after = done_to(cassette_of(body), Recipe(by="whole"))

    assert after == sse(ONE, STOP, THREE.replace('"c"', '"cc"'), "[DONE]")


@pytest.mark.parametrize("path", STREAMED, ids=lambda path: f"{path.parent.name}/{path.name}")
@pytest.mark.parametrize("by", ["whole", "char", "hostile", "interleave"])
def test_samples_of_every_recorder(path: Path, by: str) -> None:
    cassette = files.read(str(path))
    exchanges = [exchange(each) for each in cassette.interactions]

    after = rechunked(cassette, exchanges, Recipe(by=by)).cassette
    again = rechunked(cassette, exchanges, Recipe(by=by)).cassette

    assert after.document.text == again.document.text
    for old, new in zip(exchanges, map(exchange, after.interactions), strict=True):
        assert new.reply == old.reply


def test_what_is_left_alone_says_why() -> None:
    cassette = files.read(str(SAMPLES / "go_vcr" / "openai_chat_text.yaml"))
    result = rechunked(cassette, [exchange(each) for each in cassette.interactions], Recipe(by="char"))

    assert [each.skipped for each in result.outcomes] == ["it is not streamed"]
    assert result.cassette is cassette


def test_noise_that_changes_the_reply_needs_leave() -> None:
    cassette = cassette_of(sse(ONE, "[DONE]"))

    with pytest.raises(CassetteError, match="interaction 0: --noise no-done would change") as refused:
        done_to(cassette, Recipe(noise=noises(["no-done"])))

    assert not isinstance(refused.value, InternalError)
    assert done_to(cassette, Recipe(noise=noises(["no-done"]), lossy=True)) == sse(ONE)


def test_a_reply_that_is_not_what_it_was_is_our_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proven, "in_turns", lambda items, protocol: [*items, items[0]])

    with pytest.raises(InternalError, match=r"interaction 0 would have .*; the file was left alone"):
        done_to(cassette_of(sse(ONE, STOP, "[DONE]")), Recipe(by="interleave"))


def test_an_event_that_is_not_there_names_the_interaction() -> None:
    with pytest.raises(CassetteError, match=r"made\.json: interaction 0: no event 9 here"):
        done_to(cassette_of(sse(ONE, STOP)), Recipe(noise=noises(["cut-off:9"]), lossy=True))
