"""Lines as the text renderers make them, as preformatted HTML; the end of many lines is folded."""

from collections.abc import Iterable, Sequence

from cassette_cli.render.console import safe_line
from cassette_cli.render.elision import plural
from cassette_cli.render.html.markup import Html, element, join
from cassette_cli.render.lines import Line, Piece, Style

# Lines of code that stand before a fold, and how many more there must be for one.
SHOWN = 16
_WORTH_A_FOLD = 4

# The elements of styles: short, because a large body has many pieces.
_ELEMENTS = {
    Style.DIM: "i",
    Style.STRONG: "strong",
    Style.NAME: "b",
    Style.OLD: "del",
    Style.NEW: "ins",
}


def code(lines: Iterable[Line], *, class_: str = "code", shown: int = SHOWN) -> Html:
    """Lines in a box, those behind the first `shown` folded; nothing for none."""
    held = list(lines)
    if not held:
        return Html()
    head, rest = held, []
    if len(held) > shown + _WORTH_A_FOLD:
        head, rest = held[:shown], held[shown:]
    return element("div", pre(head), more(pre(rest), plural(len(rest), "more line")) if rest else Html(), class_=class_)


def pre(lines: Sequence[Line]) -> Html:
    """Lines as one preformatted element."""
    return element("pre", Html("\n".join(map(_row, lines))))


def more(content: Html, what: str) -> Html:
    """What is folded, behind words that say how much it is."""
    return element("details", element("summary", f"… {what}"), content, class_="more")


def pieces(held: Iterable[Piece]) -> Html:
    """The pieces of a line."""
    return join(_piece(*piece) for piece in held if piece[0])


def _row(line: Line) -> Html:
    return Html(" " * line.indent + pieces(line.pieces).rstrip())


def _piece(text: str, style: Style) -> str | Html:
    line = safe_line(text)
    if style is Style.PLAIN:
        return line
    name = _ELEMENTS.get(style)
    return element(name, line) if name else element("span", line, class_=style.value)
