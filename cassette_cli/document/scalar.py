"""The lens of a scalar: its value, and how an edit of the value is written in the scalar's own style."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cassette_cli.document.from_json import LITERAL
from cassette_cli.document.json_string import JsonString
from cassette_cli.document.lens import Fixed, Lens, Slice
from cassette_cli.document.spelling import Atom, SpelledLens, Writer
from cassette_cli.document.text import Span
from cassette_cli.document.tree import Scalar, Style
from cassette_cli.document.yaml_flow import BLANK, PROPERTIES
from cassette_cli.document.yaml_scalar import YamlScalar


def lens_of(outer: Lens[str], scalar: Scalar) -> Lens[str]:
    """The lens of a scalar whose span counts characters of `outer.text`; `text` is the scalar's value.

    A scalar that an alias names, too, cannot be edited: the edit would show in both places.
    """
    if scalar.shared:
        return Fixed(scalar.value, reason="an alias stands for it in another place, too")
    if scalar.style is Style.VERBATIM:
        return Slice(outer, scalar.span)
    if scalar.style is Style.JSON_STRING:
        return SpelledLens(outer, scalar.span, scalar.value, JsonString())
    if scalar.style is Style.JSON_LITERAL:
        return SpelledLens(outer, scalar.span, scalar.value, JsonLiteral())
    if scalar.style is Style.TOML:
        from cassette_cli.document.toml_value import TomlValue  # here, because few recordings are TOML

        return SpelledLens(outer, scalar.span, scalar.value, TomlValue())
    start, end = scalar.span
    if scalar.tag is not None or outer.text[start : start + 1] in ("!", "&"):
        start = PROPERTIES.match(outer.text, start, end).end()  # type: ignore[union-attr]  # it matches nothing, too
        if start < end and outer.text[start - 1] not in BLANK:
            return Fixed(scalar.value, reason="no blank stands between it and its anchor")
    return SpelledLens(outer, Span(start, end), scalar.value, YamlScalar(scalar, outer.text))


def has_lost_line_ends(lens: Lens[str] | Lens[bytes]) -> bool:
    """Whether a lens is of a YAML block scalar whose lines end in CRLF, in a text whose first line ends in LF. Each
    line end there means LF (YAML 1.2.2, 5.4), so a body that had CR cannot be told from one that had not."""
    if not isinstance(lens, SpelledLens) or not isinstance(lens.spelling, YamlScalar):
        return False
    text = lens.outer.text
    if lens.spelling.scalar.style not in (Style.LITERAL, Style.FOLDED) or text.find("\r\n", *lens.span) < 0:
        return False
    return not text.endswith("\r", 0, text.find("\n"))


@dataclass(frozen=True, slots=True)
class JsonLiteral:
    """A JSON number, true, false or null, as it is written; it can become any other of them, but no string."""

    def atoms(self, source: str) -> Sequence[Atom]:
        return [(source, 0, len(source))]

    def writer(self, source: str) -> Writer:
        return lambda text, span: text

    def rewrites(self, text: str, source: str) -> Iterator[str]:
        yield text

    def fits(self, candidate: str, text: str, source: str) -> bool:
        return LITERAL.fullmatch(candidate) is not None
