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

from collections.abc import Iterator
from itertools import chain

from cassette_cli.exchange import Exchange
from cassette_cli.redaction.masking import masked_url
from cassette_cli.render.answered import response_sections, token_facts
from cassette_cli.render.asked import request_sections
from cassette_cli.render.elision import duration, money, plural
from cassette_cli.render.lines import Line, Piece, Style, apart, line
from cassette_cli.render.view import INDENT, Shown, View
from cassette_cli.summary import Heading, Totals, event_count


def title_lines(heading: Heading) -> Iterator[Line]:
    """What stands above a cassette where several are shown."""
    version = f" {heading.version}" if heading.version is not None else ""
    about = f"  {heading.recorder}{version} · {plural(heading.interactions, 'interaction')} "
    yield Line(0, ((heading.title, Style.STRONG), (about, Style.DIM)), rule=True)


def interaction_lines(shown: Shown, view: View) -> Iterator[Line]:
    """One interaction: its head, then the sections of each side asked for."""
    request = request_sections(shown, view) if view.request else ()
    response = response_sections(shown.exchange, view) if view.response else ()
    return apart(chain([_head(shown.exchange, view)], request, response))


def _head(exchange: Exchange, view: View) -> Iterator[Line]:
    interaction = exchange.interaction
    request, response = interaction.request, interaction.response
    url = masked_url(request.url.text) if request.url is not None else "(no URL)"
    number = "" if view.lasting else f"{interaction.index:<2} "
    pieces: list[Piece] = [
        (f"{number}{request.method or '(no method)'} ", Style.STRONG),
        (url, Style.PLAIN),
    ]
    if response.status is not None:
        good = response.status < 400
        reason = f" {response.reason}" if response.reason and not good else ""
        pieces += [("  ", Style.PLAIN), (f"{response.status}{reason}", Style.GOOD if good else Style.BAD)]
    yield line(0, *pieces, (" ", Style.PLAIN), hang=INDENT)._replace(rule=True)
    facts = facts_of(exchange, lasting=view.lasting)
    if facts:
        yield line(INDENT, (" · ".join(facts), Style.DIM))


def facts_of(exchange: Exchange, *, lasting: bool = False) -> list[str]:
    """The protocol, the model, and what is this recording's own: events, time, id (not if `lasting`)."""
    interaction, prompt, reading = exchange.interaction, exchange.prompt, exchange.reading
    model = (reading.reply.model if reading else None) or (prompt.model if prompt else None)
    asked = prompt.model if prompt else None
    facts = [exchange.protocol] if exchange.protocol else []
    facts += [model if asked in (None, model) else f"{asked} ({model})"] if model else []
    if lasting:
        return facts
    events = event_count(exchange)
    facts += [plural(events, "event")] if events is not None else []
    if interaction.duration_ms is not None:
        facts.append(duration(interaction.duration_ms))
    if interaction.id is not None and interaction.id != str(interaction.index):
        facts.append(f"id {interaction.id}")
    return facts


def total_lines(totals: Totals) -> Iterator[Line]:
    """The last line, for more than one interaction."""
    if totals.interactions < 2:
        return
    facts = [plural(totals.cassettes, "cassette")] if totals.cassettes > 1 else []
    facts += [plural(totals.interactions, "interaction")]
    facts += token_facts(totals.input_tokens, "in") + token_facts(totals.output_tokens, "out")
    facts += [money(totals.cost)] if totals.cost else []
    yield line(0, (" · ".join(facts), Style.STRONG))
