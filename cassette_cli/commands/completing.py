"""What a shell offers for the values of options: names that there are, and what the recordings at hand hold.

Shells evaluate what they are offered, so nothing of a recording reaches them but what means nothing to any of them.
Nothing here is imported unless a shell asks.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from cassette_cli.errors import CassetteError

if TYPE_CHECKING:
    from cassette_cli.summary import Summary

HARMLESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/@+-]*")
HARMFUL = re.compile(r"[^A-Za-z0-9 ._:/@+,=-]")
# Values between bars, as in the help of an option that takes one of a few words.
CHOICES = re.compile(r"[\w-]+(?:\|[\w-]+)+")
# Seconds that recordings are read for, and so many interactions: who presses a key does not wait.
PATIENCE = 0.4
MOST = 200


class Offer(NamedTuple):
    """A value, and what the shell says of it; `type` is click's word for what is neither file nor directory."""

    value: str
    help: str = ""
    type: str = "plain"


# What the line names: the recordings of an option's command.
Completer: TypeAlias = Callable[[list[str]], Iterable[Offer]]


def with_completions(name: str, command: Any) -> Any:
    """A subcommand whose options and arguments know their values."""
    for param in command.params:
        completer = next(filter(None, (COMPLETERS.get((name, each)) for each in (*param.opts, param.name))), None)
        if completer is None and CHOICES.fullmatch(param.metavar or ""):
            completer = partial(_among, param.metavar.split("|"))
        if completer is not None:
            param.shell_complete = partial(_completed, completer)
    return command


def _completed(completer: Completer, ctx: Any, incomplete: str) -> list[Offer]:
    """What can stand in the place of a word; of several parted by commas, in that of the last."""
    before, comma, begun = incomplete.rpartition(",")
    given = ctx.params.get("paths") or ctx.params.get("path") or ctx.args
    paths = [given] if isinstance(given, str) else list(given)
    return [
        offer._replace(value=f"{before}{comma}{offer.value}")
        for offer in completer(paths)
        if offer.value.startswith(begun)
    ]


def _among(values: Iterable[str], _: list[str]) -> list[Offer]:
    return list(map(Offer, values))


def _interactions(paths: list[str]) -> Iterator[Offer]:
    """The numbers of the interactions of the one recording that the line names, and what each is."""
    for row in islice(_rows(paths) if len(paths) == 1 else (), MOST):
        yield Offer(str(row.index), HARMFUL.sub("_", f"{row.method} {row.host}{row.path} {row.model or ''}".strip()))


def _models(paths: list[str]) -> Iterable[Offer]:
    """The models in the recordings that the line names, or else in those below the working directory."""
    found = {model for row in _rows(paths or ["."]) for model in row.models}
    return map(Offer, sorted(model for model in found if HARMLESS.fullmatch(model)))


def _hosts(paths: list[str]) -> Iterable[Offer]:
    """The hosts, likewise."""
    return map(Offer, sorted({row.host for row in _rows(paths or ["."]) if HARMLESS.fullmatch(row.host)}))


def _rows(paths: list[str]) -> "Iterator[Summary]":
    """The interactions of recordings, as long as nobody waits."""
    from cassette_cli import files
    from cassette_cli.commands.base import understood
    from cassette_cli.summary import summary

    end = time.monotonic() + PATIENCE
    for cassette in files.load([path for path in paths if path != "-"]):
        for each in () if isinstance(cassette, CassetteError) else understood(cassette, []):
            yield summary(each)
            if time.monotonic() > end:
                return


def _anomalies(_: list[str]) -> Iterable[Offer]:
    from cassette_cli.anomalies import Code

    return [Offer(code.value, code.summary) for code in Code]


def _checks(_: list[str]) -> Iterable[Offer]:
    from cassette_cli.checks.registry import CHECKS

    return [Offer(code, check.summary) for code, check in CHECKS.items()]


def _words(_: list[str]) -> Iterable[Offer]:
    from cassette_cli.explanations import explanations

    return [Offer(each.code, each.summary) for each in explanations()]


def _protocols(_: list[str]) -> Iterable[Offer]:
    from cassette_cli.protocols import PROTOCOLS

    return [Offer(protocol.NAME) for protocol in PROTOCOLS]


def _schemas(_: list[str]) -> Iterable[Offer]:
    from cassette_cli import shipped

    return map(Offer, shipped.schema_names())


def _classes(_: list[str]) -> Iterable[Offer]:
    from cassette_cli.redaction.rules import Category

    return map(Offer, [*(category.value for category in Category), "all"])


def _rules(_: list[str]) -> Iterable[Offer]:
    from cassette_cli.redaction.own import BUILT_IN

    return [Offer(rule, category.value) for rule, category in BUILT_IN.items()]


def _header_classes(_: list[str]) -> Iterable[Offer]:
    from cassette_cli.config.trim import NAMES

    return map(Offer, NAMES)


def _parts(_: list[str]) -> Iterable[Offer]:
    from cassette_cli.comparison.settings import WORDS

    return map(Offer, WORDS)


def _strategies(_: list[str]) -> Iterable[Offer]:
    from cassette_cli.rechunking.strategies import STRATEGIES

    return [Offer(each.name, each.help) for each in STRATEGIES]


def _noises(_: list[str]) -> Iterable[Offer]:
    from cassette_cli.rechunking.noise import NOISES

    return [Offer(each.name, each.help) for each in NOISES]


# By subcommand and option, or name of an argument; an option that lists its words in its help needs no entry.
COMPLETERS: Mapping[tuple[str, str], Completer] = {
    ("show", "--interaction"): _interactions,
    ("rechunk", "--interaction"): _interactions,
    ("edit", "--interaction"): _interactions,
    ("edit", "--drop"): _interactions,
    ("edit", "--keep"): _interactions,
    ("edit", "--move"): _interactions,
    ("edit", "--copy"): _interactions,
    ("ls", "--model"): _models,
    ("ls", "--host"): _hosts,
    ("ls", "--protocol"): _protocols,
    ("ls", "--anomaly"): _anomalies,
    ("check", "--select"): _checks,
    ("check", "--ignore"): _checks,
    ("redact", "--class"): _classes,
    ("redact", "--rule"): _rules,
    ("redact", "--no-rule"): _rules,
    ("rules", "--class"): _classes,
    ("trim", "--class"): _header_classes,
    ("diff", "--only"): _parts,
    ("diff", "--ignore"): _parts,
    ("rechunk", "--by"): _strategies,
    ("rechunk", "--noise"): _noises,
    ("explain", "codes"): _words,
    ("schema", "name"): _schemas,
}
