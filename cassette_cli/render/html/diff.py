"""The diff of recordings as a page: what changed in each interaction, both replies beside each other, both streams."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from cassette_cli.comparison.changes import Change, FileDiff, InteractionDiff, Verdict
from cassette_cli.errors import CassetteError
from cassette_cli.exchange import Exchange
from cassette_cli.render.diff.as_text import is_shown
from cassette_cli.render.diff.interaction import DiffView, cosmetic_lines, interaction_diff_lines, numbers_of
from cassette_cli.render.diff.words import cosmetic_words, summary_words
from cassette_cli.render.elision import plural
from cassette_cli.render.html.assets import Assets
from cassette_cli.render.html.code import code
from cassette_cli.render.html.interaction import entry, gist, head, key_of, reply_messages
from cassette_cli.render.html.markup import Html, element
from cassette_cli.render.html.page import Group, page
from cassette_cli.render.html.stream import stream
from cassette_cli.render.lines import Line, Style
from cassette_cli.render.view import INDENT

# Lines of changes that stand before a fold: they are what the reader came for.
_SHOWN = 60
# How the names of texts end that a model or a user wrote.
_WORDS = ("text", "reasoning", "description", "refusal")


def diff_page(
    found: Iterable[FileDiff], errors: Sequence[CassetteError], assets: Assets, view: DiffView
) -> Iterator[str]:
    """The page of `cassette diff`, in pieces: the recordings that differ, the strongest first. `errors` is read last,
    when all files were asked for."""
    verdicts: list[Verdict] = []
    groups: list[tuple[Verdict, Group]] = []
    for each in found:
        verdicts.append(each.verdict)
        if each.verdict:
            groups.append((each.verdict, _group(each, view)))
    groups.sort(key=lambda held: -held[0])
    yield from page([group for _, group in groups], _total(verdicts), errors, assets, title="cassette diff")


def _total(verdicts: Sequence[Verdict]) -> str:
    counts = Counter(verdicts)
    facts = [f"{counts[verdict]} {verdict.word}" for verdict in sorted(counts, reverse=True)]
    return f"{plural(len(verdicts), 'recording')}: {', '.join(facts)}" if facts else "nothing to compare"


def _group(found: FileDiff, view: DiffView) -> Group:
    paths = [path for path in dict.fromkeys((found.old, found.new)) if path is not None]
    title = " → ".join(paths)
    key = key_of(title)
    parts = [
        _part(each, f"{key}-i{place}", view)
        for place, each in enumerate(found.interactions)
        if each.verdict is not Verdict.IDENTICAL and is_shown(found, each.verdict)
    ]
    return Group(title, summary_words(found), [one for one, _ in parts], [other for _, other in parts])


def _part(found: InteractionDiff, anchor: str, view: DiffView) -> tuple[Html, Html]:
    """An interaction's entry in the list, and what became of it."""
    exchange = found.new or found.old
    if exchange is None:
        return Html(), Html()
    number = numbers_of(found) if found.old and found.new else str(exchange.interaction.index)
    badge = element("span", _word(found), class_=f"pill {found.verdict.word}")
    content = _both(found.old, found.new, found, view) if found.old and found.new else _one(exchange)
    words = summary_words(FileDiff(old="", new="", interactions=(found,))) if found.old and found.new else _word(found)
    link = entry(anchor, number, gist(exchange), words.partition(" · ")[2] or words, badge)
    return link, element("article", head(exchange, number, anchor, badge), *content, id=anchor)


def _word(found: InteractionDiff) -> str:
    return "added" if found.old is None else "removed" if found.new is None else found.verdict.word


def _one(exchange: Exchange) -> Iterator[Html]:
    """An interaction that only one side has: its reply."""
    if exchange.reply:
        yield element("section", element("h3", "reply"), *reply_messages(exchange.reply, exchange.prompt))
    yield stream(exchange)


def _both(old: Exchange, new: Exchange, found: InteractionDiff, view: DiffView) -> Iterator[Html]:
    strong = tuple(change for change in found.changes if change.verdict > Verdict.COSMETIC)
    lines = islice(interaction_diff_lines(replace(found, changes=strong), replace(view, width=None)), 1, None)
    for title, held in _sections(lines):
        boxes = (code(block, shown=_SHOWN, class_="code prose" if prose else "code") for prose, block in _blocks(held))
        yield element("section", element("h3", title), *boxes, class_="changes")
    about = [
        _sides("both replies", *(_reply(each) for each in (old, new))),
        _sides("both streams", stream(old), stream(new)),
        _cosmetic([change for change in found.changes if change.verdict is Verdict.COSMETIC], view),
    ]
    if any(about):
        yield element("section", *about)


def _cosmetic(changes: Sequence[Change], view: DiffView) -> Html:
    """What differs without meaning, and why that is so, folded."""
    if not changes:
        return Html()
    lines = list(cosmetic_lines(changes, replace(view, explain=True, chunks=True)))[1:]
    summary = element("summary", "cosmetic", element("span", cosmetic_words(changes)))
    return element("details", summary, code(_outdented(lines, INDENT + 2)), class_="aside")


def _sections(lines: Iterable[Line]) -> Iterator[tuple[str, list[Line]]]:
    """The lines of an interaction under the titles that stand among them: request, reply, usage. What stands on the
    line of a title is the first line below it."""
    title, held = "", list[Line]()
    for each in lines:
        if each.indent == INDENT and each.pieces and each.pieces[0][1] is Style.STRONG:
            before, title = title, each.pieces[0][0].strip()
            if held and title != before:
                yield before, held
                held = []
            if len(each.pieces) > 1:
                held.append(each._replace(indent=0, pieces=each.pieces[1:]))
        else:
            held += _outdented([each], INDENT + 2)
    if held:
        yield title, held


def _blocks(lines: Iterable[Line]) -> Iterator[tuple[bool, list[Line]]]:
    """Lines in runs: whether they are words that somebody wrote, with the name above them, or anything else."""
    runs: list[tuple[bool, list[Line]]] = []
    words: Line | None = None
    for each in lines:
        if words is not None and each.pieces and each.indent <= words.indent:
            words = None
        if _names_words(each):
            words = each
            runs.append((True, []))
        elif not runs or runs[-1][0] is not (words is not None):
            runs.append((words is not None, []))
        runs[-1][1].append(each)
    return iter(runs)


def _names_words(line: Line) -> bool:
    """Whether a line is but the name of a text; what changed in it is below."""
    return len(line.pieces) == 1 and line.pieces[0][1] is Style.NAME and line.pieces[0][0].endswith(_WORDS)


def _outdented(lines: Iterable[Line], columns: int) -> Iterator[Line]:
    return (each._replace(indent=max(each.indent - columns, 0)) for each in lines)


def _reply(exchange: Exchange) -> Html:
    return element("div", *reply_messages(exchange.reply, exchange.prompt)) if exchange.reply else Html()


def _sides(what: str, old: Html, new: Html) -> Html:
    """Old and new beside each other, folded; nothing where a side has none."""
    if not old or not new:
        return Html()
    sides = (element("div", element("h5", name), held) for name, held in (("old", old), ("new", new)))
    return element("details", element("summary", what), element("div", *sides, class_="sides"), class_="aside")
