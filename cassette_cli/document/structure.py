"""A structure kept as YAML or JSON nodes where other recorders keep a JSON text (pydantic-ai's `parsed_body`), as that
JSON text.

    parsed_body:                     {"messages": [{"content": "It's 5."}]}
      messages:             reads
      - content: It''s 5.    as

What lies inside a string of the text is editable and edits the scalar; the rest of the text is only implied.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from json import dumps

from cassette_cli.document.json_string import JsonString
from cassette_cli.document.lens import Change, Lens, Source
from cassette_cli.document.scalar import lens_of
from cassette_cli.document.spelling import SpelledLens
from cassette_cli.document.text import Edit, Span
from cassette_cli.document.tree import Mapping, Node, Scalar, Style
from cassette_cli.document.tree import Sequence as SequenceNode
from cassette_cli.document.yaml_kind import kind_of
from cassette_cli.errors import CassetteError

# An alias bomb is small in the file and endless as text.
MOST_NODES = 2_000_000


@dataclass(frozen=True, slots=True, eq=False)
class JsonText:
    """The JSON text that a node stands for; `strings` are the spans of its strings and the lenses of their scalars."""

    text: str
    depth: int
    spans: tuple[Span, ...]
    scalars: tuple[Lens[str], ...]

    def lift(self, edits: Sequence[Edit[str]]) -> Sequence[Change]:
        raise NotImplementedError
