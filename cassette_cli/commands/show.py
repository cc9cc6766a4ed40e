"""`cassette show`: what was said in recordings, for people, as text or as a page (`--html`); `--json`,
`--jsonl` and `--raw` for programs."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, starmap
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from cassette_cli.commands.base import (
    Paths,
    Verbose,
    assets,
    command_app,
    examples,
    finish,
    tell_passed_over,
    understood,
)
from cassette_cli.commands.parallel import How, Jobs, Result, results
from cassette_cli.conversation import Usage
from cassette_cli.errors import CassetteError
from cassette_cli.exchange import Exchange
from cassette_cli.model import Cassette
from cassette_cli.render.as_json import SHOW, Piece, document, show_lines, show_pieces, write
from cassette_cli.render.as_text import interaction_lines, title_lines, total_lines
from cassette_cli.render.console import Policy, Printer, policy, text_of
from cassette_cli.render.view import View, shown
from cassette_cli.selection import selected
from cassette_cli.summary import Totals

if TYPE_CHECKING:
    from cassette_cli.render.html.interaction import Part

app = command_app()


@app.command(
    epilog=examples(
        ("cassette show multi_tool.yaml", "the conversation"),
        ("cassette show multi_tool.yaml -i 1", "its second interaction; -i -1 is the last, -i 2-4 three"),
        ("cassette show multi_tool.yaml -i 1 --events", "event by event: where the stream was cut"),
        ("cassette show multi_tool.yaml -i 1 --raw", "the response's body as recorded, gzip undone"),
        ("cassette show tests/ --response", "every reply in a folder"),
        ("cassette show multi_tool.yaml --html > multi_tool.html", "a page, with a picture of each stream"),
        ("cassette show multi_tool.yaml --json | jq", "for programs"),
    )
)
def show(
    paths: Paths,
    interaction: Annotated[
        list[str] | None,
        typer.Option(
            "--interaction", "-i", metavar="WHICH", help="Only these: 3, -1 (the last), 2-4, 2-, an id, or 0,3-5."
        ),
    ] = None,
    request: Annotated[bool, typer.Option("--request", help="Only what was asked.")] = False,
    response: Annotated[bool, typer.Option("--response", help="Only what was answered.")] = False,
    events: Annotated[
        bool, typer.Option("--events", help="The response event by event: number, channel, piece.")
    ] = False,
    raw: Annotated[
        bool, typer.Option("--raw", help="The response's body, with --request the request's, as bytes.")
    ] = False,
    full: Annotated[bool, typer.Option("--full", help="All messages, tools, parameters and headers.")] = False,
    html: Annotated[
        bool, typer.Option("--html", help="One page of HTML that needs no network and no other file.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON document (schema cassette.show/1).")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="JSON, a line for each interaction.")] = False,
    jobs: Jobs = 0,
    verbose: Verbose = False,
) -> None:
    """Show what was said in recordings.

    Of a conversation that goes on over several interactions each shows what is new in it.
    """
    _check(
        {"--raw": raw, "--html": html, "--json": json, "--jsonl": jsonl},
        {"--events": events, "--full": full, "--request": request, "--response": response},
    )
    errors: list[CassetteError] = []
    passed_over: list[str] = []
    wanted = tuple(interaction or ())
    both = request == response
    view = View(request=request or (both and not events), response=response or both, events=events, full=full)
    go = partial(results, paths, errors=errors, how=How(both_sides=True), passed_over=passed_over)
    if raw:
        _print_raw(go(partial(_raw, wanted, request, response or not request)))
    elif html:
        from cassette_cli.render.html.page import show_page  # here, because few runs need it

        parts = ((each.heading, each.pieces) for each in go(partial(_parts, wanted), jobs=jobs))
        write(show_page(parts, errors, assets()), sys.stdout)
    elif json or jsonl:
        held = ((each.heading, each.pieces) for each in go(partial(_json, wanted), jobs=jobs))
        write(chain.from_iterable(starmap(show_lines, held)) if jsonl else document(SHOW, held, errors), sys.stdout)
    else:
        how = policy(sys.stdout, os.environ)
        found = go(partial(_text, wanted, view, how), jobs=jobs)
        for number, block in enumerate(filter(None, _blocks(found, paths, how))):
            sys.stdout.write(f"\n{block}" if number else block)
    tell_passed_over(passed_over, verbose=verbose)
    finish(errors)


def _check(forms: Mapping[str, bool], choices: Mapping[str, bool]) -> None:
    """Refuse options that leave each other without effect. `forms` are ways to print, of which there can be one;
    `choices` are what is printed of it."""
    chosen = [name for name, given in forms.items() if given]
    if len(chosen) > 1:
        raise CassetteError(f"{', '.join(chosen[:-1])} and {chosen[-1]} exclude each other")
    for form in chosen:
        for name in ("--events", "--full", *(() if form == "--raw" else ("--request", "--response"))):
            if choices[name]:
                raise CassetteError(f"{name} has no effect with {form}")
    if choices["--events"] and choices["--request"] and not choices["--response"]:
        raise CassetteError("--events has no effect with --request: events are of the response")


# An interaction as text, and what it used.
Text: TypeAlias = tuple[str, Usage | None]


def _text(
    wanted: Sequence[str], view: View, how: Policy, cassette: Cassette, errors: list[CassetteError]
) -> Iterator[Text]:
    """The interactions asked for, each with what those before it had of its prompt."""
    asked = set(_places(cassette, wanted, errors))
    for each in shown(understood(cassette, errors, until=max(asked, default=-1) + 1)):
        if each.exchange.interaction.index in asked:
            reply = each.exchange.reply
            yield text_of(interaction_lines(each, view), how), reply.usage if reply else None


def _blocks(found: Iterable[Result[Text]], paths: Sequence[str], how: Policy) -> Iterator[str]:
    """Titles, interactions and the total. Who named one file needs no title."""
    totals = Totals()
    for each in found:
        if len(paths) > 1 or each.heading.path != paths[0] or each.heading.side:
            yield text_of(title_lines(each.heading), how)
        usages = []
        for text, usage in each.pieces:
            yield text
            usages.append(usage)
        totals = totals.with_cassette(usages)
    yield text_of(total_lines(totals), how)


def _parts(wanted: Sequence[str], cassette: Cassette, errors: list[CassetteError]) -> "Iterator[Part]":
    """The interactions asked for, as parts of a page; what stands before the first of them is none to refer to."""
    asked = set(_places(cassette, wanted, errors))
    from cassette_cli.render.html.interaction import key_of, part  # here, because few runs need it

    known = understood(cassette, errors, until=max(asked, default=-1) + 1)
    key = key_of(cassette.title)
    return (part(each, key) for each in shown(each for each in known if each.interaction.index in asked))


def _json(wanted: Sequence[str], cassette: Cassette, errors: list[CassetteError]) -> Iterator[Piece]:
    return show_pieces(cassette, _chosen(cassette, wanted, errors))


def _raw(
    wanted: Sequence[str], request: bool, response: bool, cassette: Cassette, errors: list[CassetteError]
) -> Iterator[str | bytes]:
    """The bodies asked for."""
    for each in _chosen(cassette, wanted, errors):
        if request and each.request_content:
            yield each.request_content.text
        if response and each.content:
            yield each.content.text


def _print_raw(found: Iterable[Result[str | bytes]]) -> None:
    """Bodies one after the other, nothing between them; safe for a terminal where there is one."""
    printer = Printer(sys.stdout, policy(sys.stdout, os.environ))
    for each in found:
        for body in each.pieces:
            printer.raw(body)


def _chosen(cassette: Cassette, wanted: Sequence[str], errors: list[CassetteError]) -> Iterator[Exchange]:
    """The interactions asked for, by themselves."""
    places = _places(cassette, wanted, errors)
    return understood(replace(cassette, interactions=tuple(cassette.interactions[place] for place in places)), errors)


def _places(cassette: Cassette, wanted: Sequence[str], errors: list[CassetteError]) -> list[int]:
    try:
        return selected(cassette.interactions, wanted)
    except CassetteError as error:
        errors.append(error.at(cassette.path))
        return []
