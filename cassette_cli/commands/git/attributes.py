"""The lines of .gitattributes that are ours: added at the end, taken out again, and all else left to the byte."""

from collections.abc import Iterable, Iterator

from cassette_cli.commands.git.patterns import quoted, split

ATTRIBUTES = ("diff=cassette", "merge=cassette")


def own(text: str) -> list[str]:
    """The patterns of our lines, as they stand there."""
    return [split(line)[0] for line in _lines(text) if _is_own(line)]


def added(text: str, patterns: Iterable[str]) -> str:
    """The text with a line for each pattern that has none. A text without a last line end has none afterwards."""
    there = own(text)
    new = [name for name in dict.fromkeys(map(quoted, patterns)) if name not in there]
    if not new:
        return text
    end = "\r\n" if "\r\n" in text else "\n"
    rows = [" ".join((name, *ATTRIBUTES)) for name in new]
    if text and not text.endswith("\n"):
        return text + end + end.join(rows)
    return text + "".join(row + end for row in rows)


def removed(text: str) -> str:
    """The text without our lines."""
    lines = list(_lines(text))
    kept = [line for line in lines if not _is_own(line)]
    if lines and not lines[-1].endswith("\n") and _is_own(lines[-1]) and kept:
        kept[-1] = kept[-1].removesuffix("\n").removesuffix("\r")
    return "".join(kept)


def _lines(text: str) -> Iterator[str]:
    rows = text.split("\n")
    yield from (f"{row}\n" for row in rows[:-1])
    if rows[-1]:
        yield rows[-1]


def _is_own(line: str) -> bool:
    """A line that gives our attributes and nothing else; one that says more is the user's."""
    return sorted(split(line)[1]) == sorted(ATTRIBUTES)
