from dataclasses import replace
from pathlib import Path

import pytest
from edits import KINDS, SAMPLES, recordings, sample

from cassette_cli import files
from cassette_cli.editing.convert import converted
from cassette_cli.editing.meant import same_reply
from cassette_cli.errors import CassetteError, InternalError
from cassette_cli.exchange import Exchange, exchange
from cassette_cli.model import Cassette, header_value, stated_lengths

# Why a reply may have no other form here.
NO_FORM = (
    "cannot be written in this place",
    "is not known",
    "not in the recording",
    "has no",
    "an error",
    "cut off",
    "as a structure",
    "not its shape",
    "would not say the same",
)


def check(folder: Path, most: int) -> int:
    """How many replies were given the other form; that they say the same is proven within."""
    done = 0
    refused: list[CassetteError] = []
    for cassette, found in recordings([folder], most):
        index = found.interaction.index
        try:
            result = converted(cassette, index, "plain" if found.streamed else "stream")
        except CassetteError as error:
            refused.append(error)
            continue
        now = exchange(result.cassette.interactions[index])
        assert now.streamed is not found.streamed
        assert result.notes or _alike(found, now)
        done += 1
    assert [str(error) for error in refused if not any(why in error.message for why in NO_FORM)] == []
    assert not any(isinstance(error, InternalError) for error in refused)
    return done


def _alike(old: Exchange, new: Exchange) -> bool:
    """The same but for who speaks, which streams may leave out."""
    assert old.reply
    assert new.reply
    return same_reply(old.reply, new.reply) or any(message.role is None for message in old.reply.messages)


def test_samples() -> None:
    assert check(SAMPLES, 200) > 60


def test_some_real_recordings(corpus: Path) -> None:
    assert check(corpus, 150) > 80


@pytest.mark.slow
def test_all_real_recordings(corpus: Path) -> None:
    assert check(corpus, 10_000) > 1200


def read(cassette: Cassette) -> Cassette:
    return files.read(cassette.path, files.encoded(cassette.document.text))


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("index", [0, 1])
def test_there_and_back_in_every_recorder(name: str, index: int) -> None:
    before = sample(name)
    plain = read(converted(before, index, "plain").cassette)
    back = read(converted(plain, index, "stream").cassette)

    replies = [exchange(each.interactions[index]).reply for each in (before, plain, back)]
    assert replies[0] == replies[1] == replies[2]
    types = [header_value(each.interactions[index].response.headers, "content-type") for each in (before, plain, back)]
    assert [each and each.partition(";")[0] for each in types] == [
        "text/event-stream",
        "application/json",
        "text/event-stream",
    ]


def test_the_request_asks_for_the_form() -> None:
    name = "vcrpy/google_generate_content_sse_add_multiply.yaml"
    plain = converted(sample(name), 0, "plain").cassette
    url = plain.interactions[0].request.url
    assert url

    assert url.text.endswith(":generateContent")
    chat = converted(sample("vcrpy/openai_chat_sse_add_multiply.yaml"), 0, "plain").cassette
    body = exchange(chat.interactions[0]).request_content
    assert body
    assert '"stream":false' in str(body.text).replace(" ", "")
    assert "stream_options" not in str(body.text)


@pytest.mark.parametrize("name", ["vcrpy", "go_vcr"])
@pytest.mark.parametrize("case", ["converse_text", "invoke_titan"])
def test_aws_is_streamed_as_bytes(name: str, case: str) -> None:
    before = sample(f"{name}/bedrock_{case}.yaml")
    streamed = read(converted(before, 0, "stream").cassette)
    url, body = streamed.interactions[0].request.url, streamed.interactions[0].response.body
    assert url
    assert body

    assert url.text.endswith("-stream")
    assert isinstance(body.text, bytes)
    assert "!!binary |" in streamed.document.text
    assert exchange(streamed.interactions[0]).anomalies == ()
    lengths = [each.text for each in stated_lengths(streamed.interactions[0].response)]
    assert lengths in ([], [str(len(body.text))])
    back = read(converted(streamed, 0, "plain").cassette)
    old, new = (exchange(each.interactions[0]).reply for each in (before, back))
    assert old
    assert new
    assert same_reply(old, replace(new, usage=old.usage))


def test_the_other_interactions_stay() -> None:
    before = sample("go_vcr/openai_chat_sse_add_multiply.yaml")
    after = converted(before, 0, "plain").cassette
    span, now = before.interactions[1].span, after.interactions[1].span

    assert before.document.text[slice(*span)] == after.document.text[slice(*now)]


@pytest.mark.parametrize(
    "name", ["vcrpy/openai_chat_sse_add_multiply.yaml", "httprr/openai_chat_sse_add_multiply.httprr"]
)
def test_a_form_that_is_there_changes_nothing(name: str) -> None:
    assert converted(sample(name), 0, "stream").cassette.document.text == sample(name).document.text


@pytest.mark.parametrize(
    ("name", "form", "why"),
    [
        ("vcrpy/openai_chat_sse_cut_off.yaml", "plain", "cut off"),
        ("vcrpy/anthropic_sse_error.yaml", "plain", "an error"),
        ("vcrpy/http_json.yaml", "plain", "plain HTTP"),
        ("vcrpy/openai_embeddings_float.yaml", "stream", "not known here"),
    ],
)
def test_what_has_no_other_form_is_said(name: str, form: str, why: str) -> None:
    with pytest.raises(CassetteError, match=why):
        converted(sample(name), 0, form)  # type: ignore[arg-type]  # one of both
