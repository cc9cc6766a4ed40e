"""One run of `cassette edit`: a recording read, changed, proven, and written or shown."""

import os
import sys
from dataclasses import dataclass

from cassette_cli import files
from cassette_cli.commands.base import fault, finish
from cassette_cli.commands.edit.arranging import Arrangement, order_of
from cassette_cli.commands.edit.editor import edited_by_hand
from cassette_cli.document.document import Companion
from cassette_cli.editing.asked import Asked
from cassette_cli.editing.edit import edited
from cassette_cli.editing.follow import followed
from cassette_cli.editing.interactions import rearranged, renumbered
from cassette_cli.errors import CassetteError
from cassette_cli.model import Cassette
from cassette_cli.render.as_json import write
from cassette_cli.render.console import Policy, Printer, policy
from cassette_cli.render.edit_json import edit_document, edited_json
from cassette_cli.render.report import tell
from cassette_cli.render.text_diff import text_diff
from cassette_cli.search import STDIN
from cassette_cli.selection import selected


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is to be changed, and where the result goes. `output` is None for in place, or where the input came from."""

    path: str
    wanted: tuple[str, ...]
    asked: tuple[Asked, ...]
    editor: bool
    follow: bool
    arrangement: Arrangement
    renumber: bool
    diff: bool
    output: str | None
    json: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The recording before and after, the interactions that changed (numbers before any of them moved), and notes."""

    before: Cassette
    after: Cassette
    changed: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()


def run(request: Request) -> None:
    """Do what is asked for. Raises CassetteError where that goes wrong; nothing is written then."""
    _check(request)
    if not request.json:
        _edit(request)
        return
    errors: list[CassetteError] = []
    done: list[Outcome] = []
    try:
        done.append(_edit(request))
    except CassetteError as error:
        fault(error, errors)
    output = request.output or request.path
    entries = [edited_json(each.before, each.after, output, each.changed, each.notes) for each in done]
    write(edit_document(entries, errors), sys.stdout)
    finish(errors)


def _edit(request: Request) -> Outcome:
    data = files.bytes_of(request.path)
    before = files.read(request.path, data)
    outcome = _outcome(request, before)
    for note in outcome.notes:
        tell(f"cassette: {note}")
    if request.diff:
        printer = Printer(sys.stdout, Policy(policy(sys.stdout, os.environ).colour))
        printer.lines(text_diff(request.path, before, outcome.after))
    else:
        _put(request, data, before, outcome.after)
    return outcome


def _check(request: Request) -> None:
    """Refuse what has no effect together, and what asks for nothing."""
    arranged = request.arrangement.given
    if len(arranged) > 1:
        raise CassetteError(f"{' and '.join(arranged)} exclude each other")
    if not (request.asked or request.editor or arranged or request.renumber):
        raise CassetteError(
            "say what to change: --text, --tool-arg, --status ..., --editor, or --drop, --keep, --move, --copy"
        )
    if request.editor and request.asked:
        raise CassetteError("--editor excludes the options that say what to change")
    if request.diff and (request.output or request.json):
        raise CassetteError("--diff writes nothing, so -o and --json have no effect with it")
    if request.json and _to_stdout(request):
        raise CassetteError("--json and the recording would both go to standard output; -o names a file for the latter")
    if request.follow and not (request.asked or request.editor):
        raise CassetteError("--follow has no effect without a change of a reply")


def _to_stdout(request: Request) -> bool:
    return request.output == STDIN or (request.output is None and request.path == STDIN)


def _outcome(request: Request, before: Cassette) -> Outcome:
    after, changed, notes = before, set[int](), list[str]()
    if request.asked or request.editor:
        for index in _places(request, before):
            asked = edited_by_hand(after, index, os.environ) if request.editor else request.asked
            result = edited(after, index, asked)
            notes += result.notes
            old, after = after, result.cassette
            if after is old:
                continue
            changed.add(index)
            if request.follow:
                after, places = followed(old, after, index)
                changed.update(places)
                if not places:
                    notes.append(f"no later request sends back what interaction {index} said")
    if request.arrangement.given:
        after = rearranged(after, order_of(after, request.arrangement))
    if request.renumber:
        after = renumbered(after)
    return Outcome(before=before, after=after, changed=tuple(sorted(changed)), notes=tuple(dict.fromkeys(notes)))


def _places(request: Request, cassette: Cassette) -> list[int]:
    places = selected(cassette.interactions, request.wanted)
    if not request.wanted and len(places) != 1:
        raise CassetteError(f"-i says whose reply: there are {len(places)} interactions", None).at(request.path)
    return places


def _put(request: Request, data: bytes, before: Cassette, after: Cassette) -> None:
    """Write the recording where it is to go. In place nothing is written where nothing changed."""
    beside = [each.path for name, each in before.document.companions.items() if _differs(each, after, name)]
    if beside and (_to_stdout(request) or request.output is not None):
        raise CassetteError(f"the body lies in {beside[0]}, so the recording can only be changed in place").at(
            before.path
        )
    text = files.encoded(after.document.text)
    if _to_stdout(request):
        sys.stdout.flush()
        sys.stdout.buffer.write(files.packed_like(data, text))
        sys.stdout.buffer.flush()
    elif request.output is not None:
        files.save(request.output, files.packed_like(data, text))
    else:
        files.store(before, after)


def _differs(companion: Companion, after: Cassette, name: str) -> bool:
    return after.document.companions[name].source.text != companion.source.text
