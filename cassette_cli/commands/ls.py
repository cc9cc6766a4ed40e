"""`cassette ls`: the interactions of recordings, one line each, with filters and totals."""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from functools import partial
from typing import Annotated, TypeVar

import typer

from cassette_cli.anomalies import Code
from cassette_cli.commands.base import (
    PATHS_HELP,
    Verbose,
    command_app,
    examples,
    finish,
    tell_passed_over,
    understood,
)
from cassette_cli.commands.parallel import How, Jobs, Result, results
from cassette_cli.errors import CassetteError
from cassette_cli.model import Cassette
from cassette_cli.protocols import PROTOCOLS
from cassette_cli.render.as_json import LS, Piece, document, ls_pieces, write
from cassette_cli.render.as_table import Group, table_lines
from cassette_cli.render.console import Policy, Printer, policy
from cassette_cli.summary import Heading, Summary, Totals, summary

app = command_app()

# What `--protocol` calls an interaction that no protocol here knows.
HTTP = "http"
STATUS = re.compile(r"[1-5](?:[0-9]{2}|xx)")

Each = TypeVar("Each")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What an interaction must have to be listed. Of several patterns for one thing one must fit; an empty tuple
    and None ask for nothing."""

    models: tuple[str, ...] = ()
    protocols: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    streamed: bool | None = None
    anomalies: bool = False
    codes: tuple[str, ...] = ()

    def match(self, row: Summary) -> bool:
        """Whether an interaction has it all."""
        return (
            _fits(self.models, row.models)
            and _fits(self.protocols, [row.protocol or HTTP])
            and _fits(self.hosts, [row.host])
            and _status_fits(self.statuses, row.status)
            and self.streamed in (None, row.streamed)
            and (bool(row.anomalies) or not self.anomalies)
            and _fits(self.codes, row.anomalies)
        )

    @property
    def any(self) -> bool:
        """Whether anything is asked for."""
        return self != Filters()


def _fits(patterns: Sequence[str], values: Iterable[str]) -> bool:
    """Whether a pattern fits a value: a glob where it has * or ?, else any part of it; case does not matter."""
    globs = [pattern if set("*?") & set(pattern) else f"*{pattern}*" for pattern in patterns]
    return not globs or any(fnmatchcase(value.lower(), glob.lower()) for value in values for glob in globs)


def _status_fits(patterns: Sequence[str], status: int | None) -> bool:
    return not patterns or str(status) in patterns or f"{str(status)[0]}xx" in patterns


def fitting(patterns: Sequence[str], names: Sequence[str], option: str, otherwise: str) -> tuple[str, ...]:
    """Patterns for names of which there is a list. Raises BadParameter for one that fits none of them, with the name
    that was meant, or with what to do `otherwise`."""
    families = dict.fromkeys(name.partition(".")[0] for name in names)
    for pattern in patterns:
        if not _fits([pattern], names):
            near = get_close_matches(pattern, [*families, *names], n=1)
            hint = f"did you mean {near[0]}?" if near else otherwise
            raise typer.BadParameter(f"none is named {pattern!r}; {hint}", param_hint=option)
    return tuple(patterns)


def _rows(filters: Filters, cassette: Cassette, errors: list[CassetteError]) -> list[Summary]:
    """The summaries of those interactions of a cassette that fit."""
    rows = (summary(each) for each in understood(cassette, errors))
    return [row for row in rows if filters.match(row)]


def _json(filters: Filters, cassette: Cassette, errors: list[CassetteError]) -> Iterator[Piece]:
    return ls_pieces(cassette, _rows(filters, cassette, errors))


def _listed(found: Iterable[Result[Each]], filters: Filters) -> Iterator[tuple[Heading, list[Each]]]:
    """What is listed of each cassette; one without any that fits is left out where something is asked for."""
    for each in found:
        held = list(each.pieces)
        if held or not filters.any:
            yield each.heading, held


@app.command(
    epilog=examples(
        ("cassette ls", "all recordings below this directory"),
        ("cassette ls tests/ --model 'claude-*' --streamed", "streamed replies of these models"),
        ("cassette ls tests/ --protocol openai --status 4xx", "failed calls in any protocol of OpenAI's"),
        ("cassette ls tests/ --anomaly arguments-not-json", "what a client may stumble over"),
        ("cassette ls tests/ --json | jq .totals", "what it all cost"),
    )
)
def ls(
    paths: Annotated[list[str] | None, typer.Argument(help=PATHS_HELP)] = None,
    model: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only these models: a part of the name, or a glob.")
    ] = None,
    protocol: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only these protocols, likewise; http for what is none.")
    ] = None,
    host: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Only these hosts, likewise.")] = None,
    status: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="Only these status codes: 429, or 4xx.")
    ] = None,
    streamed: Annotated[
        bool | None, typer.Option("--streamed/--no-streamed", help="Only streamed responses, or only others.")
    ] = None,
    anomalies: Annotated[
        bool, typer.Option("--anomalies", help="Only interactions with anomalies, whose codes are shown.")
    ] = False,
    anomaly: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help="Likewise, those with this code; `cassette explain` lists all."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON document (schema cassette.ls/1).")] = False,
    jobs: Jobs = 0,
    verbose: Verbose = False,
) -> None:
    """List the interactions of recordings, one line each."""
    for each in status or ():
        if not STATUS.fullmatch(each):
            raise typer.BadParameter(f"{each!r} is no status code like 429 or 4xx", param_hint="--status")
    # All protocols are imported for their names, so only for those who ask for one.
    names = [*(known.NAME for known in PROTOCOLS), HTTP] if protocol else []
    filters = Filters(
        models=tuple(model or ()),
        protocols=fitting(protocol or (), names, "--protocol", f"there are {', '.join(names)}"),
        hosts=tuple(host or ()),
        statuses=tuple(status or ()),
        streamed=streamed,
        anomalies=anomalies,
        codes=fitting(anomaly or (), list(Code), "--anomaly", "cassette explain lists all codes"),
    )
    errors: list[CassetteError] = []
    passed_over: list[str] = []
    go = partial(results, paths or ["."], errors=errors, how=How(both_sides=True), jobs=jobs, passed_over=passed_over)
    if json:
        write(document(LS, _listed(go(partial(_json, filters)), filters), errors), sys.stdout)
    else:
        found = _listed(go(partial(_rows, filters), results_at_end=True), filters)
        _print_table(found, codes=anomalies or bool(filters.codes))
    tell_passed_over(passed_over, verbose=verbose)
    finish(errors)


def _print_table(found: Iterable[tuple[Heading, Sequence[Summary]]], *, codes: bool) -> None:
    totals, groups = Totals(), []
    for heading, rows in found:
        totals = totals.with_cassette(row.usage for row in rows)
        groups.append(Group(heading.title, heading.recorder, heading.version, rows))
    how = policy(sys.stdout, os.environ)
    Printer(sys.stdout, Policy(how.colour, None)).lines(table_lines(groups, totals, how.width, codes=codes))
