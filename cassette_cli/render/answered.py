"""The response of an interaction: what a model replied, event by event where asked for, or what it is as HTTP."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain

from cassette_cli.conversation import Anomaly, Message, Prompt, Reply, Usage
from cassette_cli.exchange import Exchange
from cassette_cli.render.elision import money
from cassette_cli.render.events import event_lines
from cassette_cli.render.http import BODY_LINES, body_lines, headers_section, plain_section
from cassette_cli.render.json_text import STEP, json_lines
from cassette_cli.render.lines import Line, Piece, Style, capped, line
from cassette_cli.render.messages import call_names, message_lines, without_encrypted
from cassette_cli.render.view import INDENT, View

# Events named of those that share an anomaly.
_EVENTS_NAMED = 8
_DOT: Piece = (" · ", Style.DIM)


def response_sections(exchange: Exchange, view: View) -> Iterator[Iterator[Line]]:
    """The sections of a response; an empty one is not shown."""
    reply, headers = exchange.reply, exchange.interaction.response.headers
    if view.events:
        yield event_lines(exchange.frames, exchange.reading, exchange.anomalies, INDENT, full=view.full)
    elif reply is not None and (reply.messages or reply.error is not None):
        yield headers_section("response headers", headers, INDENT) if view.full else iter(())
        yield from _messages(reply, exchange.prompt, view)
    else:
        yield plain_section("response", headers, exchange.media_type, _body(exchange, view), INDENT, full=view.full)
    # Event by event, anomalies stand beside their events.
    beside = [each for each in exchange.anomalies if each.event is None] if view.events else exchange.anomalies
    yield chain(
        _ending(exchange.reply, view) if exchange.reply else (), anomaly_lines(beside, INDENT, lasting=view.lasting)
    )


def _body(exchange: Exchange, view: View) -> Iterator[Line]:
    indent = INDENT + STEP
    if exchange.streamed:
        events = event_lines(exchange.frames, exchange.reading, (), indent, full=view.full)
        return capped(events, indent, BODY_LINES, full=view.whole)
    return body_lines(exchange.content, exchange.media_type, indent, full=view.whole)


def _messages(reply: Reply, prompt: Prompt | None, view: View) -> Iterator[Iterator[Line]]:
    names = call_names(chain(prompt.messages if prompt else (), reply.messages))
    several = len(reply.messages) > 1
    for number, message in enumerate(reply.messages):
        note = f"reply {number}, finish {message.finish_reason or 'missing'}" if several else "reply"
        spoken_message = spoken(without_encrypted(message) if view.lasting else message)
        yield message_lines(spoken_message, INDENT, names, full=view.full, note=note)
    if reply.error is not None:
        yield json_lines(reply.error, INDENT, (("error  ", Style.BAD),))


def spoken(message: Message) -> Message:
    """A reply's message with the role that it has where none was sent."""
    return Message("assistant", message.parts, None, message.extra) if message.role is None else message


def _ending(reply: Reply, view: View) -> Iterator[Line]:
    """Why the reply ended and what it cost."""
    reasons = [message.finish_reason for message in reply.messages] if len(reply.messages) == 1 else []
    said: list[Piece] = [(f"finish {reason}", Style.STRONG) for reason in reasons if reason]
    used = [] if view.lasting or reply.usage is None else usage_facts(reply.usage)
    said += [(fact, Style.PLAIN) for fact in used]
    if said:
        yield line(
            INDENT, *chain.from_iterable((_DOT, piece) if number else (piece,) for number, piece in enumerate(said))
        )
    if view.full and reply.usage and reply.usage.raw is not None:
        yield from json_lines(reply.usage.raw, INDENT, (("usage  ", Style.DIM),))


def usage_facts(usage: Usage) -> list[str]:
    """The provider's numbers, those that it gave and that are not 0: "502 in", "400 cached", "137 out", "$0.003561".
    Whether cached tokens are among those that went in is for the provider to say: they differ."""
    asked = token_facts(usage.input_tokens, "in")
    answered = token_facts(usage.output_tokens, "out")
    within = {"cached": usage.cache_read_input_tokens, "cache written": usage.cache_creation_input_tokens}
    cached = [fact for name, count in within.items() if count for fact in token_facts(count, name)]
    reasoning = token_facts(usage.reasoning_tokens or None, "reasoning")
    total = [] if asked and answered else token_facts(usage.total_tokens, "total")
    return [*asked, *cached, *answered, *reasoning, *total, *([money(usage.cost)] if usage.cost else [])]


def token_facts(count: int | None, name: str) -> list[str]:
    """A number of tokens, nothing where it is not given."""
    return [] if count is None else [f"{count:,} {name}"]


def anomaly_lines(anomalies: Sequence[Anomaly], indent: int, *, lasting: bool = False) -> Iterator[Line]:
    """What clients stumble over; what several events have in common stands once. `lasting` names no events."""
    events: dict[tuple[str, str], list[int]] = defaultdict(list)
    for anomaly in anomalies:
        number = None if lasting else anomaly.event
        events[anomaly.code, anomaly.message] += [] if number is None else [number]
    for (code, message), numbers in events.items():
        yield line(indent, (f"! {code}", Style.CAREFUL), (f"{_at_events(numbers)}: ", Style.DIM), message, hang=2)


def _at_events(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:_EVENTS_NAMED]))
    more = f" and {len(numbers) - _EVENTS_NAMED} more" if len(numbers) > _EVENTS_NAMED else ""
    return f" event{'s' if len(numbers) > 1 else ''} {shown}{more}" if numbers else ""
