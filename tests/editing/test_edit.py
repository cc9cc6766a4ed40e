"""Every kind of change on every sample, and on real recordings: exactly what was asked for, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from edits import KINDS, SAMPLES, after, parts_of, recordings, replies_of, sample

from cassette_cli.conversation import Reasoning, Text, ToolCall
from cassette_cli.editing.asked import (
    AddToolCall,
    Asked,
    SetArgument,
    SetFinishReason,
    SetHeader,
    SetStatus,
    SetText,
    SetToolName,
    SetUsage,
)
from cassette_cli.editing.calls import calls_of
from cassette_cli.editing.edit import edited
from cassette_cli.errors import CassetteError, InternalError
from cassette_cli.exchange import Exchange, exchange
from cassette_cli.model import Cassette

NEW = 'No: "never",\n\tsays the machine — 日本 😀.'
# Why a recording may have no place for a change that its reply seems to allow.
NO_PLACE = (
    "cannot be written in this place",
    "not its shape",
    "no text of its own",
    "no one place",
    "nowhere",
    "not known here",
    "more places",
    "cannot be added",
    "is not there",
)


def possible(found: Exchange) -> Iterator[Asked]:
    """Changes that a reply seems to allow."""
    assert found.reply is not None
    for number, message in enumerate(found.reply.messages):
        if any(isinstance(part, Text) for part in message.parts):
            yield SetText("text", NEW, number)
        if any(isinstance(part, Reasoning) and part.content for part in message.parts):
            yield SetText("reasoning", NEW, number)
        if message.finish_reason:
            yield SetFinishReason("other", number)
    for number, called in enumerate(calls_of(found.reply)):
        yield SetToolName(str(number), "other_tool")
        if isinstance(called.call.arguments, dict):
            yield SetArgument(str(number), ("new",), '{"q": [1.50, "é"]}')
            if called.call.arguments:
                yield SetArgument(str(number), (next(iter(called.call.arguments)),), '"other"')
    usage = found.reply.usage
    yield from (
        SetUsage(name, "777")
        for name in ("input_tokens", "output_tokens")
        if usage and getattr(usage, name) is not None
    )
    yield AddToolCall("lookup", '{"q": 1.50}')


def check(cassettes: Iterator[tuple[Cassette, Exchange]]) -> tuple[int, int]:
    """How many changes were made, and how many had no place. That a change made is the one that was meant, and the
    only one, is proven within; a failed proof is an InternalError, which fails here."""
    made = 0
    refused: list[CassetteError] = []
    for cassette, found in cassettes:
        for asked in possible(found):
            try:
                result = edited(cassette, found.interaction.index, [asked]).cassette
            except CassetteError as error:
                refused.append(error)
                continue
            made += 1
            now = exchange(result.interactions[found.interaction.index])
            assert now.reply != found.reply
            if not isinstance(asked, AddToolCall):
                assert len(now.frames) == len(found.frames)
    unexpected = [str(error) for error in refused if not any(why in error.message for why in NO_PLACE)]
    assert unexpected == []
    assert not any(isinstance(error, InternalError) for error in refused)
    return made, len(refused)


def test_changes_of_samples() -> None:
    made, refused = check(recordings([SAMPLES], 60))

    assert made > 100
    assert refused < made / 2


def test_changes_of_some_real_recordings(corpus: Path) -> None:
    made, refused = check(recordings([corpus], 60))

    assert made > 100
    assert refused < made / 2


@pytest.mark.slow
def test_changes_of_all_real_recordings(corpus: Path) -> None:
    made, refused = check(recordings([corpus], 10_000))

    assert made > 6000
    assert refused < made / 5


@pytest.mark.parametrize("name", KINDS)
def test_a_text_keeps_its_rhythm_in_every_recorder(name: str) -> None:
    before = sample(name)
    again = after(before, SetText("text", NEW), index=1)

    assert parts_of(again, 1) == (Text(NEW),)
    old, new = exchange(before.interactions[1]), exchange(again.interactions[1])
    assert [delta.event for delta in new.reading.deltas] == [delta.event for delta in old.reading.deltas]  # type: ignore[union-attr]
    assert replies_of(again)[0] == replies_of(before)[0]


@pytest.mark.parametrize("name", KINDS)
def test_an_argument_changes_alone(name: str) -> None:
    again = after(sample(name), SetArgument("add", ("a",), "40"))

    assert [part.arguments for part in parts_of(again) if isinstance(part, ToolCall)] == [
        {"a": 40, "b": 3},
        {"a": 2, "b": 3},
    ]


def test_the_other_lines_of_the_file_stay() -> None:
    before = sample("go_vcr/openai_chat_sse_add_multiply.yaml")
    again = after(before, SetArgument("add", ("a",), "40"))
    lines = zip(before.document.text.split("\n"), again.document.text.split("\n"), strict=True)

    assert sum(old != new for old, new in lines) == 1


def test_several_changes_at_once() -> None:
    again = after(
        sample("vcrpy/openai_chat_sse_add_multiply.yaml"),
        SetText("text", "Sorry."),
        SetFinishReason("length"),
        SetUsage("output_tokens", "1"),
        SetUsage("completion_tokens_details.reasoning_tokens", "7"),
        SetStatus(503),
        SetHeader("retry-after", "9"),
        index=1,
    )
    reply = replies_of(again)[1]
    assert reply.usage

    assert (reply.messages[0].parts, reply.messages[0].finish_reason) == ((Text("Sorry."),), "length")
    assert (reply.usage.output_tokens, reply.usage.reasoning_tokens, reply.usage.input_tokens) == (1, 7, 171)
    assert again.interactions[1].response.status == 503


@pytest.mark.parametrize(
    ("name", "index", "asked", "why"),
    [
        ("vcrpy/openai_chat_sse_cut_off.yaml", 0, SetFinishReason("stop"), "the stream ends before one comes"),
        ("vcrpy/openai_chat_sse_add_multiply.yaml", 0, SetText("text", "x"), "no text .*: it consists of toolcall"),
        ("vcrpy/openai_chat_text.yaml", 0, SetText("reasoning", "x"), "no reasoning"),
        ("vcrpy/openai_chat_text.yaml", 0, SetText("text", "x", 3), "no message 3"),
        ("vcrpy/openai_chat_text.yaml", 0, SetArgument("add", ("a",), "1"), "no tool call add"),
        ("vcrpy/openai_chat_sse_add_multiply.yaml", 0, SetArgument("7", ("a",), "1"), "it has 0 add .*, 1 multiply"),
        ("vcrpy/openai_chat_sse_add_multiply.yaml", 0, SetToolName(None, "x"), "2 such calls"),
        ("vcrpy/openai_chat_sse_add_multiply.yaml", 0, SetArgument("add", ("a", "b"), "1"), "there is no a.b"),
        ("vcrpy/openai_chat_text.yaml", 0, SetUsage("nonsense", "1"), "no nonsense; it has input_tokens"),
        ("vcrpy/openai_chat_text.yaml", 0, SetUsage("cost", "1"), "reports no cost"),
        ("vcrpy/http_json.yaml", 0, SetText("text", "x"), "plain HTTP"),
    ],
)
def test_what_cannot_be_changed_is_said(name: str, index: int, asked: Asked, why: str) -> None:
    with pytest.raises(CassetteError, match=rf"{name}.*interaction {index}: .*{why}") as caught:
        edited(sample(name), index, [asked])
    assert not isinstance(caught.value, InternalError)


def test_several_texts_share_a_new_one() -> None:
    cassette = sample("vcrpy/openai_responses_sse_web_search.yaml")
    whole = "".join(part.content for part in parts_of(cassette) if isinstance(part, Text))
    again = after(cassette, SetText("text", whole + " Indeed."))

    assert "".join(part.content for part in parts_of(again) if isinstance(part, Text)) == whole + " Indeed."


def test_what_no_longer_fits_is_said() -> None:
    cassette = sample("vcrpy/anthropic_sse_thinking.yaml")

    assert edited(cassette, 0, [SetText("reasoning", "x")]).notes == (
        "the signature over the reasoning stays as recorded: providers would refuse it",
    )
