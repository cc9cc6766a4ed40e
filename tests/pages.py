"""Pages of HTML taken apart: what elements and attributes they have, whether those are nested, and what they say."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

# Elements without an end, and those whose end HTML lets a page leave out.
VOID = {"meta", "input", "wbr"}
OPEN = {"tr", "td", "th"}
# All that a page is made of. Nothing here loads anything or runs, but the one script and the one style sheet.
ELEMENTS = {
    *("html", "head", "meta", "title", "style", "script", "body", "nav", "main", "article", "section", "header"),
    *("h1", "h2", "h3", "h4", "h5", "p", "a", "b", "i", "em", "strong", "small", "span", "div", "code", "pre", "kbd"),
    *("del", "ins", "details", "summary", "table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "dialog"),
    *("svg", "path", "input", "output", "button", "wbr"),
}
ATTRIBUTES = {
    *("aria-label", "charset", "class", "content", "d", "data-count", "data-e", "href", "http-equiv", "id", "lang"),
    *("name", "placeholder", "preserveaspectratio", "role", "title", "type", "viewbox"),
}


@dataclass
class Page(HTMLParser):
    """What a parser makes of a page."""

    markup: str
    elements: dict[str, int] = field(default_factory=dict)
    attributes: list[tuple[str, str | None]] = field(default_factory=list)
    text: str = ""
    faults: list[str] = field(default_factory=list)
    raw: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._within: list[str] = []
        self.feed(self.markup)
        self.close()
        self.faults += [f"<{name}> has no end" for name in self._within if name not in OPEN]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] = self.elements.get(tag, 0) + 1
        self.attributes += attrs
        if tag not in VOID:
            self._within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._within and self._within[-1] in OPEN and self._within[-1] != tag:
            self._within.pop()
        if not self._within or self._within.pop() != tag:
            self.faults.append(f"</{tag}> ends nothing")

    def handle_data(self, data: str) -> None:
        within = self._within[-1] if self._within else ""
        if within in ("script", "style"):
            self.raw[within] = self.raw.get(within, "") + data
        else:
            self.text += data

    def values(self, name: str) -> list[str]:
        """The values of all attributes of a name."""
        return [value or "" for key, value in self.attributes if key == name]


def assert_harmless(markup: str) -> Page:
    """A page that consists of what pages are made of, well nested, and refers to nothing but itself."""
    page = Page(markup)
    assert page.faults == []
    assert set(page.elements) - ELEMENTS == set()
    assert {name for name, _ in page.attributes} - ATTRIBUTES == set()
    assert [link for link in page.values("href") if not link.startswith("#")] == []
    assert page.elements.get("script", 0) <= 1 >= page.elements.get("style", 0)
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    return page
