"""The request of an interaction: what it asks a model, or what it is as HTTP."""

from collections.abc import Iterator

from cassette_cli.conversation import Prompt
from cassette_cli.render.elision import plural
from cassette_cli.render.http import body_lines, header_lines, headers_section, plain_section
from cassette_cli.render.json_text import STEP
from cassette_cli.render.lines import Line, Style, line
from cassette_cli.render.messages import call_names, message_lines, with_results_joined, without_encrypted
from cassette_cli.render.prompts import parameter_lines, parameters_shown, tool_lines
from cassette_cli.render.view import INDENT, Shown, View


def request_sections(shown: Shown, view: View) -> Iterator[Iterator[Line]]:
    """The sections of a request; an empty one is not shown."""
    exchange, prompt = shown.exchange, shown.exchange.prompt
    headers = exchange.interaction.request.headers
    if prompt is None:
        media_type = exchange.request_media_type
        body = body_lines(exchange.request_content, media_type, INDENT + STEP, full=view.whole)
        yield plain_section("request", headers, media_type, body, INDENT, full=view.full)
        return
    yield (
        headers_section("request headers", headers, INDENT) if view.full else header_lines(headers, INDENT, full=False)
    )
    yield _offer(prompt, shown.before, view)
    hidden = 0 if view.full else shown.known
    if hidden:
        yield iter([_earlier(shown, len(prompt.messages), view)])
    names = call_names(prompt.messages)
    new = prompt.messages[hidden:]
    for message in with_results_joined(map(without_encrypted, new) if view.lasting else new):
        yield message_lines(message, INDENT, names, full=view.full)


def _offer(prompt: Prompt, before: Prompt | None, view: View) -> Iterator[Line]:
    """Parameters and tools, where the interaction before did not have the same."""
    parameters = parameters_shown(prompt, full=view.full)
    if parameters and (view.full or before is None or parameters != parameters_shown(before, full=False)):
        yield from parameter_lines(parameters, INDENT, full=view.whole)
    if prompt.tools if view.full else prompt.tools != (before.tools if before else ()):
        yield from tool_lines(prompt.tools, INDENT, full=view.whole)


def _earlier(shown: Shown, of: int, view: View) -> Line:
    known = shown.known
    if known < of:
        what = f"… {plural(known, 'earlier message')}"
    else:
        what = "the same message" if known == 1 else f"the same {known:,} messages"
    but = f", but for {', '.join(shown.but)}" if shown.but else ""
    if view.lasting:
        return line(INDENT, (f"{what}{but}", Style.DIM))
    return line(INDENT, (f"{what} as in {shown.since}{but} (--full shows them)", Style.DIM))
