"""What differs in few words: counts of changes by what they are in, for summary lines."""

from collections import Counter
from collections.abc import Iterable, Iterator

from cassette_cli.comparison.changes import Change, FileDiff, InteractionDiff, Part, Verdict
from cassette_cli.render.elision import plural
from cassette_cli.render.lines import Style

STYLES = {
    Verdict.IDENTICAL: Style.DIM,
    Verdict.COSMETIC: Style.DIM,
    Verdict.USAGE: Style.NAME,
    Verdict.WORDING: Style.CAREFUL,
    Verdict.REQUEST: Style.SYSTEM,
    Verdict.BEHAVIOUR: Style.BAD,
}
# Words for parts where one counts several of them; of all others the fields are counted.
_NOUNS = {Part.HEADERS: "header", Part.IDS: "id"}
# Parts that are said without a count.
_UNCOUNTED = {Part.FORMAT: "formatting", Part.TOOL_CALLS: "formatting", Part.TIMING: "timing"}


def summary_words(found: FileDiff) -> str:
    """`1 of 2 interactions · text, tool_calls, usage`; `added`, `removed` for a whole file."""
    if found.old is None or found.new is None:
        what = "added" if found.old is None else "removed"
        return f"{what} · {plural(len(found.interactions), 'interaction')}"
    if found.verdict is Verdict.IDENTICAL:
        return ""
    facts = [*_interactions(found.interactions)]
    changes = [change for each in found.interactions for change in each.changes]
    strong = [change for change in changes if change.verdict > Verdict.COSMETIC]
    facts += _parts(strong)
    if not strong:
        words = cosmetic_words([*changes, *found.changes])
        facts += [words] if words else []
    return " · ".join(facts)


def _interactions(found: Iterable[InteractionDiff]) -> Iterator[str]:
    held = list(found)
    added, removed = sum(each.old is None for each in held), sum(each.new is None for each in held)
    changed = sum(each.verdict > Verdict.COSMETIC for each in held) - added - removed
    if changed:
        yield f"{changed} of {plural(len(held), 'interaction')}"
    if added:
        yield f"{added} added"
    if removed:
        yield f"{removed} removed"


def _parts(changes: Iterable[Change]) -> Iterator[str]:
    """What changed: `request tools, messages`, then what of the reply."""
    held = [(change.part.value, change.where.startswith("request")) for change in changes]
    for side, asked in (("request ", True), ("", False)):
        parts = dict.fromkeys(part for part, of_request in held if of_request is asked)
        if parts:
            yield side + ", ".join(parts)


def cosmetic_words(changes: Iterable[Change]) -> str:
    """`31 → 40 events, 3 headers, 2 ids, timing`: what differs without meaning."""
    held = [change for change in changes if change.verdict is Verdict.COSMETIC]
    counts = Counter(change.part for change in held)
    words = []
    chunks = counts.pop(Part.CHUNKS, 0)
    if chunks:
        events = next((each for each in held if each.where == "response.events" and each.part is Part.CHUNKS), None)
        words.append(f"{events.old} → {events.new} events" if events else "chunks")
    words += dict.fromkeys(word for part, word in _UNCOUNTED.items() if counts.pop(part, 0))
    words += [plural(counts.pop(part), noun) for part, noun in _NOUNS.items() if counts[part]]
    fields = counts.total()
    return ", ".join([*words, plural(fields, "field")] if fields else words)
