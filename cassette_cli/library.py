"""What other programs may use: recordings as values, changed and proven as the command line does it.

Each function takes and gives values; only `load` and `save` touch the disk. A cassette is never changed: what changes
it gives another one, whose text was read again and compared with what was meant before anybody sees it. What cannot be
done raises CassetteError, whose text names the place; nothing is left out in silence. Names that are imported `as`
themselves are for other programs, too.
"""

from collections.abc import Iterable, Sequence
from os import PathLike, fspath

from cassette_cli import files
from cassette_cli.comparison.changes import FileDiff as FileDiff
from cassette_cli.comparison.changes import Verdict as Verdict
from cassette_cli.comparison.compare import compare_files, recording
from cassette_cli.comparison.settings import settings
from cassette_cli.config.redact import classes_of
from cassette_cli.conversation import Prompt as Prompt
from cassette_cli.conversation import Reply as Reply
from cassette_cli.errors import CassetteError as CassetteError
from cassette_cli.errors import Where
from cassette_cli.exchange import Exchange, exchange
from cassette_cli.model import Cassette as Cassette
from cassette_cli.model import Interaction as Interaction
from cassette_cli.rechunking.noise import noises
from cassette_cli.rechunking.proven import Recipe, rechunked
from cassette_cli.rechunking.strategies import spelled_out
from cassette_cli.redaction.find import Finding, secrets
from cassette_cli.redaction.located import beginnings
from cassette_cli.redaction.own import OwnFinder
from cassette_cli.redaction.proven import replaced
from cassette_cli.redaction.replace import Placeholders, numbered
from cassette_cli.redaction.rules import Category
from cassette_cli.redaction.settings import Settings
from cassette_cli.redaction.values import Secret
from cassette_cli.selection import selected

# Placeholders that are found again in the outcome fit a rule of their own, and would be replaced for ever.
MOST_ROUNDS = 3


def load(path: str | PathLike[str]) -> Cassette:
    """The cassette in a file, of whatever recorder.

    Raises CassetteError where it cannot be read or parsed, is no cassette, or an interaction of it is not whole.
    """
    cassette = files.read(fspath(path))
    if cassette.faults:
        raise cassette.faults[0]
    return cassette


def save(cassette: Cassette, path: str | PathLike[str]) -> None:
    """Write a cassette into a file, all of it or nothing; what is there is replaced.

    Raises CassetteError where that fails, and for a cassette whose bodies lie in other files.
    """
    if cassette.document.companions:
        raise CassetteError("its bodies lie in other files, which would not go with it", Where(cassette.path))
    files.save(fspath(path), files.encoded(cassette.text))


def prompt(interaction: Interaction) -> Prompt | None:
    """What was asked: model, messages, tools, parameters. None for what is no call of a model.

    Raises CassetteError where a body cannot be decoded.
    """
    return _understood(interaction).prompt


def reply(interaction: Interaction) -> Reply | None:
    """What was answered, a stream put together again: messages with their parts, usage, error. None for what is no call
    of a model.

    Raises CassetteError where a body cannot be decoded.
    """
    return _understood(interaction).reply


def redact(
    cassette: Cassette, *, classes: Iterable[str] = ("credentials", "cookies"), values: Iterable[str] = ()
) -> Cassette:
    """The cassette with `<rule-1>` and the like in the place of its secrets, and nothing else changed; the same
    cassette where it holds none.

    `classes` are those of `cassette rules`, or "all"; `values` are secrets that you know, found in every encoding and
    across the pieces of a stream. Settings files are not read. Raises CassetteError for a class that there is not, and
    where a secret cannot be replaced.
    """
    try:
        categories = classes_of(tuple(classes))
    except ValueError as error:
        raise CassetteError(str(error)) from None
    known = [Secret(value, "secret", Category.CREDENTIALS) for value in values]
    finder, placeholders = OwnFinder(Settings(classes=categories), known), Placeholders()
    placeholders.reserve(numbered(cassette.text))
    found: Sequence[Exchange] = _exchanges(cassette)
    for _ in range(MOST_ROUNDS):
        findings = _findings(finder, cassette, found)
        if not findings:
            return cassette
        cassette, found = replaced(cassette, found, findings, placeholders)
    raise CassetteError("what stands in the place of its secrets looks like secrets again", Where(cassette.path))


def _findings(finder: OwnFinder, cassette: Cassette, found: Sequence[Exchange]) -> list[Finding]:
    """All secrets in all their places. What is found once is a secret everywhere."""
    learned = secrets(finder.find(cassette, found))
    findings = list(finder.with_values(learned).find(cassette, found))
    for finding, place in zip(findings, beginnings(findings), strict=True):
        if place is None:
            raise CassetteError(f"{finding.rule} at {finding.where} cannot be replaced", Where(cassette.path))
    return findings


def rechunk(
    cassette: Cassette,
    by: str = "random",
    *,
    seed: int = 0,
    noise: Iterable[str] = (),
    interactions: Iterable[int | str] = (),
) -> Cassette:
    """The cassette with the texts of its streamed replies in other pieces; replies are the same, which is proven.

    `by` is a strategy of `cassette rechunk --help` ("char", "word", "size:5", "hostile", "event" for the pieces as they
    are), `seed` what random pieces are drawn by, `noise` names of what happens to the stream besides ("crlf",
    "comments"), none that changes what a reply says. `interactions` are selectors as of `-i`; none means all. What is
    not streamed stays as it is. Raises CassetteError for a name that there is not, and where a stream cannot have it.
    """
    asked = noises(list(noise))
    if lossy := [each.spec for each in asked if each.noise.lossy]:
        raise CassetteError(f"noise {', '.join(lossy)} changes what the reply says")
    places = set(selected(cassette.interactions, map(str, interactions)))
    chosen = [each for place, each in enumerate(_exchanges(cassette)) if place in places]
    return rechunked(cassette, chosen, Recipe(by=spelled_out(by), seed=seed, noise=asked)).cassette


def diff(old: Cassette, new: Cassette) -> FileDiff:
    """What changed for real between two recordings: `verdict`, and `interactions`, each with its `changes`.

    Raises CassetteError where a body cannot be decoded.
    """
    return compare_files(recording(old, _exchanges(old)), recording(new, _exchanges(new)), settings())


def _exchanges(cassette: Cassette) -> tuple[Exchange, ...]:
    try:
        return tuple(map(_understood, cassette.interactions))
    except CassetteError as error:
        raise error.at(cassette.path) from None


def _understood(interaction: Interaction) -> Exchange:
    found = exchange(interaction)
    if found.faults:
        fault = found.faults[0]
        raise type(fault)(f"interaction {interaction.index}: {fault.message}", fault.where)
    return found
