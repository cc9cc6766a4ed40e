"""The lines of .gitattributes that are ours: added at the end, taken out again, and all else left to the byte."""

from collections.abc import Collection, Iterable, Sequence

from cassette_cli.commands.git.patterns import quoted, split

ATTRIBUTES = ("diff=cassette", "merge=cassette")


def own(text: str) -> list[str]:
    """The patterns of our lines, as they stand there."""
    return [split(line)[0] for line in lines_of(text) if _is_own(line)]


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
    lines = lines_of(text)
    return without(lines, [place for place, line in enumerate(lines) if _is_own(line)])


def without(lines: Sequence[str], places: Collection[int]) -> str:
    """Lines put together but for some; where the last had no line end, the last that is left has none."""
    kept = [line for place, line in enumerate(lines) if place not in places]
    if kept and len(lines) - 1 in places and not lines[-1].endswith("\n"):
        kept[-1] = kept[-1].removesuffix("\n").removesuffix("\r")
    return "".join(kept)


def lines_of(text: str) -> list[str]:
    """The lines of a text, each with its end (LF or CRLF); the last may have none."""
    *rows, last = text.split("\n")
    return [*(f"{row}\n" for row in rows), *([last] if last else [])]


def _is_own(line: str) -> bool:
    """A line that gives our attributes and nothing else; one that says more is the user's."""
    return sorted(split(line)[1]) == sorted(ATTRIBUTES)
