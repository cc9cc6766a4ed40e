"""Nothing of a real stream is dropped in silence: each value of each event is in what is read of the response, or its
field is one that says nothing of the reply, or the event is named as an anomaly."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from cassette_cli.conversation import Json, Layer, Reading
from cassette_cli.errors import CassetteError
from cassette_cli.exchange import Exchange, exchange
from cassette_cli.files import load
from cassette_cli.protocols.base import follow, parse_json

# Names of fields that say what kind of thing an event or a part of it is.
KINDS = {"type", "object", "event_type", "jsonrpc"}
# Fields by protocol, and all that lies below them: those that say where in the stream a piece belongs and when it
# came, padding, counts that later ones replace, and the request said once more.
KNOWN_TO_SAY_NOTHING: dict[str, tuple[str, ...]] = {
    "anthropic.messages": ("index", "message.usage"),
    "aws.bedrock.converse": ("p", "contentBlockIndex"),
    "aws.bedrock.invoke": (
        *("p", "bytes.index", "bytes.message.usage"),
        *("bytes.contentBlockDelta.contentBlockIndex", "bytes.contentBlockStop.contentBlockIndex"),
    ),
    "cloudflare.workers_ai": ("p", "tool_calls.index"),
    "cohere.chat": ("index", "response.chat_history", "response.response_id"),
    "dashscope.generation": ("output.choices.finish_reason",),  # the word "null"
    "cohere.generate": ("response.generations.id", "response.prompt"),
    "google.interactions": (
        *("index", "status", "interaction.status", "interaction.created", "interaction.updated"),
        "interaction.service_tier",
    ),
    "google.generate_content": ("candidates.index", "usageMetadata", "createTime"),
    "mcp": ("id",),
    "ollama.chat": ("created_at",),
    "ollama.generate": ("created_at",),
    # A run, again and again, with all that was asked for.
    "openai.assistants": (
        *("id", "created_at", "started_at", "completed_at", "expires_at", "assistant_id", "thread_id", "status"),
        *("instructions", "temperature", "top_p", "truncation_strategy", "response_format", "tool_choice", "usage"),
        "step_details.message_creation",
        *("tools", "step_details.tool_calls.file_search.ranking_options"),
        "delta.step_details.tool_calls.file_search.ranking_options",
    ),
    # Perplexity's `message` grows with the deltas, Writer's says each once more; the first of several ids counts.
    "openai.chat_completions": (
        *("id", "created", "obfuscation", "p", "usage"),
        *("choices.index", "choices.delta.tool_calls.index", "choices.delta.executed_tools.index"),
        "choices.message",
    ),
    "openai.completions": ("created", "choices.index"),
    # An item has its final encrypted form when it is done; `execution` tells calls of the client from the provider's.
    "openai.responses": (
        # Log probabilities come whole, with other digits, when their text is done.
        *("logprobs.logprob", "logprobs.top_logprobs.logprob"),
        *("sequence_number", "obfuscation", "item_id", "output_index", "content_index", "summary_index"),
        *("annotation_index", "item.id", "item.status", "item.encrypted_content", "item.execution"),
        *("response.output.id", "response.output.execution", "response.status"),
        *("response.created_at", "response.completed_at", "response.instructions", "response.max_output_tokens"),
        *("response.metadata", "response.prompt_cache_retention", "response.reasoning", "response.service_tier"),
        *("response.temperature", "response.text", "response.tool_choice", "response.tools", "response.top_logprobs"),
        *("response.top_p", "response.truncation"),
    ),
}

Leaf = tuple[tuple[str, ...], Json]


def leaves(value: Json, route: tuple[str, ...] = ()) -> Iterator[Leaf]:
    """The texts and numbers of a JSON value, and the names that lead to them."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from leaves(item, (*route, name))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from leaves(item, route)
    elif value not in (None, "") and not isinstance(value, bool):
        yield route, value


def known(reading: Reading) -> set[Json]:
    """The texts and numbers of all that was read, and the pieces of its texts."""
    said = {leaf for _, leaf in leaves(asdict(reading.reply))}
    return said | {delta.text for deltas in (reading.deltas, reading.copies, reading.echoes) for delta in deltas}


def dropped(found: Exchange, reading: Reading) -> Iterator[tuple[int, str]]:
    """The values of a stream's events that are not in what was read of them, by event and field."""
    said = known(reading)
    named = {anomaly.event for anomaly in found.anomalies}
    nothing = tuple(f"{field}." for field in KNOWN_TO_SAY_NOTHING.get(found.protocol or "", ()))
    for event in found.frames:
        if event.number is None or event.data is None or event.number in named:
            continue
        value = parse_json(event.data)[0]
        wrapped = follow(value, ("bytes", Layer.BASE64))  # Bedrock's: JSON, or an agent's text
        if wrapped is not None:
            inner, is_json = parse_json(wrapped)
            value = {**value, "bytes": inner if is_json else wrapped}
        for route, leaf in leaves(value):
            field = ".".join(route)
            if leaf not in said and not KINDS.intersection(route[-1:]) and not f"{field}.".startswith(nothing):
                yield event.number, field


def test_no_value_of_a_stream_is_dropped(corpus: Path) -> None:
    streams: Counter[str] = Counter()
    for cassette in load([str(corpus)]):
        assert not isinstance(cassette, CassetteError), cassette
        for interaction in cassette.interactions:
            found = exchange(interaction)
            if not (found.streamed and found.reading and found.protocol):
                continue
            streams[found.protocol] += 1
            lost = list(dropped(found, found.reading))
            assert lost == [], (cassette.path, interaction.index, found.protocol)
    # Fewer would mean that streams are no longer recognised.
    assert streams["openai.chat_completions"] > 300
    assert streams["anthropic.messages"] > 50
    assert streams["google.generate_content"] > 40
    assert streams["openai.responses"] > 50
