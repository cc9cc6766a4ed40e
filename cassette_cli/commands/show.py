"""`cassette show`: what was said in recordings, for people; `--json`, `--jsonl` and `--raw` for programs."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import Annotated

import typer

from cassette_cli.commands.base import (
    Paths,
    Verbose,
    cassettes,
    command_app,
    examples,
    exchanges,
    fault,
    finish,
    tell_passed_over,
)
from cassette_cli.errors import CassetteError
from cassette_cli.exchange import Exchange
from cassette_cli.model import Cassette
from cassette_cli.render.as_json import show_document, show_lines, write
from cassette_cli.render.as_text import interaction_lines, title_lines, total_lines
from cassette_cli.render.console import Printer, policy
from cassette_cli.render.lines import Line, apart
from cassette_cli.render.view import Shown, View, shown
from cassette_cli.selection import selected
from cassette_cli.summary import Totals

app = command_app()


@app.command(
    epilog=examples(
        ("cassette show multi_tool.yaml", "the conversation"),
        ("cassette show multi_tool.yaml -i 1", "its second interaction; -i -1 is the last, -i 2-4 three"),
        ("cassette show multi_tool.yaml -i 1 --events", "event by event: where the stream was cut"),
        ("cassette show multi_tool.yaml -i 1 --raw", "the response's body as recorded, gzip undone"),
        ("cassette show tests/ --response | less", "every reply in a folder"),
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
    json: Annotated[bool, typer.Option("--json", help="One JSON document (schema cassette.show/1).")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="JSON, a line for each interaction.")] = False,
    verbose: Verbose = False,
) -> None:
    """Show what was said in recordings.

    Of a conversation that goes on over several interactions each shows what is new in it.
    """
    _check(
        {"--raw": raw, "--json": json, "--jsonl": jsonl},
        {"--events": events, "--full": full, "--request": request, "--response": response},
    )
    errors: list[CassetteError] = []
    passed_over: list[str] = []
    found = cassettes(paths, errors, passed_over=passed_over, both_sides=True)
    wanted = interaction or []
    both = request == response
    view = View(request=request or (both and not events), response=response or both, events=events, full=full)
    if raw:
        chosen = (each for cassette in found for each in _chosen(cassette, wanted, errors))
        _print_raw(chosen, request=request, response=response or not request)
    elif json or jsonl:
        recordings = ((cassette, _chosen(cassette, wanted, errors)) for cassette in found)
        write(show_lines(recordings) if jsonl else show_document(recordings, errors), sys.stdout)
    else:
        printer = Printer(sys.stdout, policy(sys.stdout, os.environ))
        printer.lines(apart(_blocks(_titled(found, paths), wanted, view, errors)))
    tell_passed_over(passed_over, verbose=verbose)
    finish(errors)


def _check(forms: Mapping[str, bool], choices: Mapping[str, bool]) -> None:
    """Refuse options that leave each other without effect. `forms` are ways to print, of which there can be one;
    `choices` are what is printed of it."""
    chosen = [name for name, given in forms.items() if given]
    if len(chosen) > 1:
        raise CassetteError("--raw, --json and --jsonl exclude each other")
    for form in chosen:
        for name in ("--events", "--full", *(() if form == "--raw" else ("--request", "--response"))):
            if choices[name]:
                raise CassetteError(f"{name} has no effect with {form}")
    if choices["--events"] and choices["--request"] and not choices["--response"]:
        raise CassetteError("--events has no effect with --request: events are of the response")


def _titled(found: Iterator[Cassette], paths: Sequence[str]) -> Iterator[tuple[Cassette, bool]]:
    """Cassettes, each with whether it needs a title: one alone that the user named does not."""
    first = list(islice(found, 2))
    for cassette in chain(first, found):
        yield cassette, len(first) > 1 or cassette.path not in paths


def _blocks(
    found: Iterable[tuple[Cassette, bool]], wanted: Sequence[str], view: View, errors: list[CassetteError]
) -> Iterator[Iterator[Line]]:
    """What is printed, in blocks that blank lines part: titles, interactions, and the total."""
    totals = Totals()
    for cassette, titled in found:
        if titled:
            yield title_lines(cassette)
        usages = []
        for each in _shown(cassette, wanted, errors):
            yield interaction_lines(each, view)
            usages.append(each.exchange.reply.usage if each.exchange.reply else None)
        totals = totals.with_cassette(usages)
    yield total_lines(totals)


def _shown(cassette: Cassette, wanted: Sequence[str], errors: list[CassetteError]) -> Iterator[Shown]:
    """The interactions asked for, each with what those before it had of its prompt."""
    asked = set(_places(cassette, wanted, errors))
    understood = exchanges(cassette, errors, until=max(asked, default=-1) + 1)
    return (each for each in shown(understood) if each.exchange.interaction.index in asked)


def _chosen(cassette: Cassette, wanted: Sequence[str], errors: list[CassetteError]) -> Iterator[Exchange]:
    """The interactions asked for, by themselves."""
    places = _places(cassette, wanted, errors)
    return exchanges(replace(cassette, interactions=tuple(cassette.interactions[place] for place in places)), errors)


def _places(cassette: Cassette, wanted: Sequence[str], errors: list[CassetteError]) -> list[int]:
    try:
        return selected(cassette.interactions, wanted)
    except CassetteError as error:
        fault(error.at(cassette.path), errors)
        return []


def _print_raw(exchanges: Iterable[Exchange], *, request: bool, response: bool) -> None:
    """Bodies one after the other, nothing between them; safe for a terminal where there is one."""
    printer = Printer(sys.stdout, policy(sys.stdout, os.environ))
    for each in exchanges:
        if request and each.request_content:
            printer.raw(each.request_content.text)
        if response and each.content:
            printer.raw(each.content.text)
