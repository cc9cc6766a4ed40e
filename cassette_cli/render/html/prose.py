"""Texts that people or models wrote: in the page's own font, the end of a long one folded."""

from cassette_cli.render.elision import elided, plural
from cassette_cli.render.html.code import more
from cassette_cli.render.html.markup import Html, element

# What of a text stands before a fold: so many lines, of about so many characters each; a text that is but a little
# longer is shown whole.
SHOWN = 24
_LINE = 90


def prose(text: str, *, class_: str = "text", shown: int = SHOWN) -> Html:
    """A text as it is, with its own line ends; what follows `shown` lines is folded."""
    whole = elided(text.replace("\r\n", "\n").strip("\n"))
    cut = _cut(whole, shown)
    head, rest = whole[:cut], whole[cut:].lstrip("\n")
    if not rest:
        return element("div", whole, class_=class_)
    lines = rest.count("\n") + 1
    what = plural(lines, "more line") if lines > 1 else f"{len(rest):,} more characters"
    return element("div", head.rstrip("\n"), more(element("div", rest), what), class_=class_)


def _cut(text: str, shown: int) -> int:
    """Where the fold begins: at a line's end, else at a space; the text's length where there is none."""
    room, place = shown * _LINE, 0
    if len(text) <= 1.5 * room and text.count("\n", 0, int(1.5 * room)) <= 1.5 * shown:
        return len(text)
    for _ in range(shown):
        end = text.find("\n", place, room)
        if end < 0:
            break
        place = end + 1
    else:
        return place
    if len(text) <= room:
        return len(text)
    # The line that does not fit: what fits of it, unless much was there before it.
    if place > room // 2:
        return place
    space = text.rfind(" ", place, room)
    return space + 1 if space > place else room
