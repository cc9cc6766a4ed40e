"""Cassettes as people read them.

0  POST https://openrouter.ai/api/v1/chat/completions  200
   openai.chat_completions · anthropic/claude-sonnet-4 · 31 events · 1.27 s

   with   max_tokens=4000, tool_choice="auto"
   tools  add, multiply

   user
     Add and multiply the number 2 and 3

   assistant
     → add(a=2, b=3)
     → multiply(a=2, b=3)

   finish tool_calls · 502 in · 137 out · $0.003561
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from cassette_cli.conversation import Anomaly, Message, Prompt, Reply, Usage
from cassette_cli.conversations import Turn, known
from cassette_cli.exchange import Exchange
from cassette_cli.model import Cassette
from cassette_cli.render.elision import duration, money, plural
from cassette_cli.render.events import event_lines
from cassette_cli.render.http import body_lines, capped, header_lines
from cassette_cli.render.json_text import json_lines
from cassette_cli.render.lines import BLANK, Line, Piece, Style, line
from cassette_cli.render.parts import call_names, message_lines, with_results_joined
from cassette_cli.render.prompts import parameter_lines, parameters_shown, tool_lines
from cassette_cli.summary import Totals, event_count

INDENT = 3
_EVENTS_NAMED = 8
_DOT: Piece = (" · ", Style.DIM)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the reader asked to see: which sides, all of everything or what is new, events or what they add up to."""

    request: bool = True
    response: bool = True
    events: bool = False
    full: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An exchange to show. The first `known` messages of its prompt were there in interaction `since`, the latest that
    had them, whose prompt is `before`; 0 and None where a conversation begins."""

    exchange: Exchange
    known: int
    since: int | None
    before: Prompt | None


def shown(exchanges: Sequence[Exchange]) -> Iterator[Shown]:
    """The exchanges of a cassette, each with what those before it had of its prompt."""
    turns = known(Turn(exchange.prompt, exchange.reply) for exchange in exchanges)
    for exchange, (messages, since) in zip(exchanges, turns, strict=True):
        before = exchanges[since] if since is not None else None
        yield Shown(
            exchange=exchange,
            known=messages,
            since=before.interaction.index if before else None,
            before=before.prompt if before else None,
        )


def title_lines(cassette: Cassette) -> Iterator[Line]:
    """What stands above a cassette where several are shown."""
    version = f" {cassette.version}" if cassette.version is not None else ""
    about = f"  {cassette.recorder}{version} · {plural(len(cassette.interactions), 'interaction')} "
    yield Line(0, ((cassette.path, Style.STRONG), (about, Style.DIM)), rule=True)
    yield BLANK


def interaction_lines(shown: Shown, view: View) -> Iterator[Line]:
    """One interaction: its head, then each side asked for, apart by blank lines."""
    exchange = shown.exchange
    sections = [_head(exchange)]
    if view.request:
        sections += _request(shown, view)
    if view.response:
        sections += _response(exchange, view)
    first = True
    for section in sections:
        for number, row in enumerate(section):
            if number == 0 and not first:
                yield BLANK
            yield row
            first = False


def _head(exchange: Exchange) -> Iterator[Line]:
    interaction = exchange.interaction
    request, response = interaction.request, interaction.response
    url = request.url.text if request.url is not None else "(no URL)"
    pieces: list[Piece] = [
        (f"{interaction.index:<2} {request.method or '(no method)'} ", Style.STRONG),
        (url, Style.PLAIN),
    ]
    if response.status is not None:
        good = response.status < 400
        reason = f" {response.reason}" if response.reason and not good else ""
        pieces += [("  ", Style.PLAIN), (f"{response.status}{reason}", Style.GOOD if good else Style.BAD)]
    yield line(0, *pieces, (" ", Style.PLAIN), hang=INDENT)._replace(rule=True)
    facts = _facts(exchange)
    if facts:
        yield line(INDENT, (" · ".join(facts), Style.DIM))


def _facts(exchange: Exchange) -> list[str]:
    interaction, prompt, reading = exchange.interaction, exchange.prompt, exchange.reading
    model = (reading.reply.model if reading else None) or (prompt.model if prompt else None)
    asked = prompt.model if prompt else None
    facts = [exchange.protocol or exchange.media_type or ""]
    facts += [model if asked in (None, model) else f"{asked} ({model})"] if model else []
    events = event_count(exchange)
    facts += [plural(events, "event")] if events is not None else []
    if interaction.duration_ms is not None:
        facts.append(duration(interaction.duration_ms))
    if interaction.id is not None and interaction.id != str(interaction.index):
        facts.append(f"id {interaction.id}")
    return [fact for fact in facts if fact]


def _request(shown: Shown, view: View) -> Iterator[Iterator[Line]]:
    exchange, prompt = shown.exchange, shown.exchange.prompt
    yield header_lines(exchange.interaction.request.headers, INDENT, full=view.full)
    if prompt is None:
        yield _request_body(exchange, view)
        return
    yield _offer(prompt, shown.before, view)
    hidden = 0 if view.full else shown.known
    if hidden:
        yield iter([_earlier(hidden, len(prompt.messages), shown.since)])
    names = call_names(prompt.messages)
    for message in with_results_joined(prompt.messages[hidden:]):
        yield message_lines(message, INDENT, names, full=view.full)


def _request_body(exchange: Exchange, view: View) -> Iterator[Line]:
    content = exchange.request_content
    if content is None:
        return iter(())
    return body_lines(content.text, exchange.request_media_type, INDENT, full=view.full)


def _offer(prompt: Prompt, before: Prompt | None, view: View) -> Iterator[Line]:
    """Parameters and tools, where the interaction before did not have the same."""
    parameters = parameters_shown(prompt, full=view.full)
    if parameters and (view.full or before is None or parameters != parameters_shown(before, full=False)):
        yield from parameter_lines(parameters, INDENT, full=view.full)
    if view.full or prompt.tools != (before.tools if before else ()):
        yield from tool_lines(prompt.tools, INDENT, full=view.full) if prompt.tools or before else ()


def _earlier(known: int, of: int, since: int | None) -> Line:
    which = "the same" if known == of else "…"
    noun = plural(known, "message" if known == of else "earlier message")
    return line(INDENT, (f"{which} {noun} as in {since} (--full shows them)", Style.DIM))


def _response(exchange: Exchange, view: View) -> Iterator[Iterator[Line]]:
    if view.full or exchange.reading is None:
        headers = exchange.interaction.response.headers
        # The head has the media type.
        told = [header for header in headers if view.full or header.name.lower() != "content-type"]
        yield header_lines(told, INDENT, full=view.full)
    if view.events:
        yield event_lines(exchange.frames, exchange.reading, exchange.anomalies, INDENT, full=view.full)
    elif exchange.reading is None or not _says(exchange.reading.reply):
        yield _response_body(exchange, view)
    else:
        yield from _messages(exchange.reading.reply, exchange.prompt, view)
    # Event by event, anomalies stand beside their events.
    beside = [each for each in exchange.anomalies if each.event is None] if view.events else exchange.anomalies
    yield chain(_ending(exchange.reply, view) if exchange.reply else (), _anomalies(beside))


def _says(reply: Reply) -> bool:
    return bool(reply.messages) or reply.error is not None


def _response_body(exchange: Exchange, view: View) -> Iterator[Line]:
    if exchange.streamed:
        events = event_lines(exchange.frames, exchange.reading, (), INDENT, full=view.full)
        return capped(events, INDENT, full=view.full)
    if exchange.content is None:
        return iter(())
    return body_lines(exchange.content.text, exchange.media_type, INDENT, full=view.full)


def _messages(reply: Reply, prompt: Prompt | None, view: View) -> Iterator[Iterator[Line]]:
    names = call_names(chain(prompt.messages if prompt else (), reply.messages))
    several = len(reply.messages) > 1
    for number, message in enumerate(reply.messages):
        note = f"reply {number}, finish {message.finish_reason or 'missing'}" if several else "reply"
        yield message_lines(_spoken(message), INDENT, names, full=view.full, note=note)
    if reply.error is not None:
        yield json_lines(reply.error, INDENT, (("error  ", Style.BAD),))


def _spoken(message: Message) -> Message:
    """A reply's message with the role that it has where none was sent."""
    return Message("assistant", message.parts, None, message.extra) if message.role is None else message


def _ending(reply: Reply, view: View) -> Iterator[Line]:
    """Why the reply ended and what it cost."""
    reasons = [message.finish_reason for message in reply.messages] if len(reply.messages) == 1 else []
    said: list[Piece] = [(f"finish {reason}", Style.STRONG) for reason in reasons if reason]
    said += [(fact, Style.PLAIN) for fact in usage_facts(reply.usage)] if reply.usage else []
    if said:
        yield line(
            INDENT, *chain.from_iterable((_DOT, piece) if number else (piece,) for number, piece in enumerate(said))
        )
    if view.full and reply.usage and reply.usage.raw is not None:
        yield from json_lines(reply.usage.raw, INDENT, (("usage  ", Style.DIM),))


def usage_facts(usage: Usage) -> list[str]:
    """The provider's numbers, those that it gave: "502 in (400 cached)", "137 out", "$0.003561"."""
    into = _count(
        usage.input_tokens, "in", cached=usage.cache_read_input_tokens, written=usage.cache_creation_input_tokens
    )
    out = _count(usage.output_tokens, "out", reasoning=usage.reasoning_tokens)
    total = [f"{usage.total_tokens:,} total"] if usage.total_tokens is not None and not (into and out) else []
    return [*into, *out, *total, *([money(usage.cost)] if usage.cost else [])]


def _count(tokens: int | None, name: str, **parts: int | None) -> list[str]:
    within = ", ".join(f"{count:,} {part}" for part, count in parts.items() if count)
    if tokens is None:
        return [within] if within else []
    return [f"{tokens:,} {name}" + (f" ({within})" if within else "")]


def _anomalies(anomalies: Sequence[Anomaly]) -> Iterator[Line]:
    """What clients stumble over; what several events have in common stands once."""
    events: dict[tuple[str, str], list[int]] = defaultdict(list)
    for anomaly in anomalies:
        events[anomaly.code, anomaly.message] += [] if anomaly.event is None else [anomaly.event]
    for (code, message), numbers in events.items():
        yield line(INDENT, (f"! {code}", Style.CAREFUL), (f"{_at_events(numbers)}: ", Style.DIM), message, hang=2)


def _at_events(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:_EVENTS_NAMED]))
    more = f" and {len(numbers) - _EVENTS_NAMED} more" if len(numbers) > _EVENTS_NAMED else ""
    return f" event{'s' if len(numbers) > 1 else ''} {shown}{more}" if numbers else ""


def total_lines(totals: Totals) -> Iterator[Line]:
    """The last line, for more than one interaction."""
    if totals.interactions < 2:
        return
    facts = [plural(totals.cassettes, "cassette")] if totals.cassettes > 1 else []
    facts += [plural(totals.interactions, "interaction")]
    facts += _count(totals.input_tokens, "in") + _count(totals.output_tokens, "out")
    facts += [money(totals.cost)] if totals.cost else []
    yield line(0, (" · ".join(facts), Style.STRONG))
