"""A place for another kind of body: a scalar of YAML's `!!binary` where a text is, and a text where the recorder keeps
JSON as a structure. What stands in it is made up, and for the caller to replace.

    string: '{"output": ...}'      becomes      string: !!binary |
                                                  AAAA...
    parsed_body:                   becomes      body:
      output: ...                                 string: |+
                                                    ...
"""

from cassette_cli.document.arranging import stretches
from cassette_cli.document.encoding import Utf8
from cassette_cli.document.lens import Source, lift_all
from cassette_cli.document.scalar import lens_of
from cassette_cli.document.spelling import SpelledLens
from cassette_cli.document.structure import JsonText
from cassette_cli.document.text import Edit, Span
from cassette_cli.document.tree import Mapping, Node, Scalar, Ways, get
from cassette_cli.document.yaml_scalar import YamlScalar
from cassette_cli.errors import CassetteError
from cassette_cli.framing.base import ContentLens, is_binary
from cassette_cli.framing.encoding import Latin1
from cassette_cli.model import BodyLens, Cassette, size_of, stated_lengths
from cassette_cli.proof import prove, prove_rebuilt, said

# By recorder: the tag of base64, how long its lines are, and how far a text is indented within its mapping. PyYAML:
# https://docs.python.org/3/library/base64.html#base64.encodebytes; go-yaml: encodeBase64 in resolve.go; Ruby:
# https://docs.ruby-lang.org/en/master/packed_data_rdoc.html, "m".
BINARY = {"VCR.py": ("!!binary |", 76, 2), "go-vcr": ("!!binary |", 70, 4), "Ruby VCR": ("!binary |-", 60, 2)}
# What VCR.py's serializers name a body that is JSON, and one that is none.
PARSED, BODY, STRING = "parsed_body", "body", "string"
# Two lines of base64, so that the layout shows; a text with a line break likewise.
ZEROS = "A"
TEXT = ".\n"
# Ruby's names for bytes and for what a text was before.
BYTES_TO_RUBY = "ASCII-8BIT"


def holds_bytes(cassette: Cassette, content: ContentLens) -> bool:
    """Whether bytes have a place where this content is: it lies in bytes, or in a file that is a trace of them."""
    return is_binary(content) or isinstance(content, Utf8 | Latin1) or cassette.recorder == "httprr"


def placed(cassette: Cassette, index: int, *, of_bytes: bool) -> Cassette:
    """The cassette in which the response of an interaction has a place for bytes, or for a text, proven to be the same
    but for this body. Raises CassetteError where the file has no such place."""
    body = cassette.interactions[index].response.body
    if of_bytes and (cassette.recorder not in BINARY or not _is_yaml(body)):
        raise CassetteError(f"AWS streams bytes, and the files of {cassette.recorder} have no place for them here")
    node = _node_of(body)
    if isinstance(body, JsonText) and cassette.recorder == "VCR.py":
        edits, value = _as_body(cassette, node, of_bytes=of_bytes)
    elif isinstance(body, JsonText) and _is_json(cassette, node):
        edits, value = [Edit(node.span, '"."')], "."
    elif isinstance(node, Scalar) and of_bytes:
        edits, value = _as_binary(cassette, node)
    else:
        raise CassetteError("the recorder keeps this body as a structure, which cannot hold another form")
    meant = [said(each) for each in cassette.interactions]
    meant[index] = meant[index]._replace(response_body=value)
    return _with_lengths(prove_rebuilt(cassette, edits, meant), index, body, size_of(value))


def _node_of(body: BodyLens | None) -> Node:
    """Where a body lies: a structure, or a scalar of YAML."""
    if isinstance(body, JsonText) and isinstance(body.outer, Source):
        return body.node
    if isinstance(body, SpelledLens) and isinstance(body.spelling, YamlScalar) and not body.spelling.scalar.in_flow:
        return body.spelling.scalar
    raise CassetteError("this body lies where no other form of it can stand")


def _is_yaml(body: BodyLens | None) -> bool:
    """Whether a body lies in a block of YAML."""
    if isinstance(body, JsonText):
        return body.node.span.start > 0 and body.outer.text[body.node.span.start] not in "[{"
    return isinstance(body, SpelledLens) and isinstance(body.spelling, YamlScalar)


def _is_json(cassette: Cassette, node: Node) -> bool:
    """Whether a structure stands in a file of JSON, whose recorders take a string for a body that is no JSON."""
    root = cassette.document.root
    return cassette.document.text[node.span.start] in "[{" and (root is None or _is_flow(cassette, root))


def _is_flow(cassette: Cassette, root: Node) -> bool:
    return cassette.document.text[root.span.start] in "[{"


def _as_binary(cassette: Cassette, scalar: Scalar) -> tuple[list[Edit[str]], bytes]:
    """A scalar as one of base64; Ruby's, which says beside it what the text was encoded in, says that it is bytes."""
    source = cassette.document.text[slice(*scalar.span)]
    written, value = _zeros(cassette, scalar.indent)
    end = "\n" if source.endswith("\n") else ""
    edits = [Edit(scalar.span, written + end)]
    around = Ways(cassette.document.roots[0]).to(scalar.span)[-2]
    encoding = get(around, "encoding")
    if cassette.recorder == "Ruby VCR" and isinstance(encoding, Scalar):
        lens = lens_of(cassette.document.source, encoding)
        edits += lift_all([(lens, Edit(Span(0, len(lens.text)), BYTES_TO_RUBY))])
    return sorted(edits, key=lambda edit: edit.span), value


def _zeros(cassette: Cassette, column: int) -> tuple[str, bytes]:
    """Base64 of zeros in the recorder's layout, in a mapping at a column, and the bytes that it is."""
    head, width, indent = BINARY[cassette.recorder]
    line = "\n" + " " * (max(column, 0) + indent)
    # A multiple of four, so that two lines are base64.
    digits = ZEROS * (2 * width)
    return head + line + digits[:width] + line + digits[width:], bytes(2 * width * 3 // 4)


def _as_body(cassette: Cassette, node: Node, *, of_bytes: bool) -> tuple[list[Edit[str]], str | bytes]:
    """`parsed_body` as a `body` that is a text, or bytes."""
    text = cassette.document.text
    side = next(
        (each for each in Ways(cassette.document.roots[0]).to(node.span)[::-1] if get(each, PARSED) is node), None
    )
    if not isinstance(side, Mapping) or get(side, BODY) is not None or _is_flow(cassette, side):
        raise CassetteError("the recorder keeps this body as a structure, which cannot hold another form")
    at = next(place for place, (_, value) in enumerate(side.items) if value is node)
    key = side.items[at][0]
    spans = stretches(text, side)
    column = key.span.start - (text.rfind("\n", 0, key.span.start) + 1)
    written, value = (_zeros(cassette, column + 2)) if of_bytes else ("|+\n" + " " * (column + 4) + TEXT[0], TEXT)
    entry = f"{' ' * column}{BODY}:\n{' ' * (column + 2)}{STRING}: {written}\n"
    names = [name.value if isinstance(name, Scalar) else "" for name, _ in side.items]
    before = sum(1 for name in names if name < BODY) if names == sorted(names) else at
    if before == at:
        return [Edit(spans[at], entry)], value
    return [Edit(Span(spans[before].start, spans[before].start), entry), Edit(spans[at], "")], value


def _with_lengths(cassette: Cassette, index: int, before: BodyLens | None, size: int) -> Cassette:
    """The cassette in which lengths that agreed with the body before agree with the one that is there now."""
    old = None if before is None else str(size_of(before.text))
    stated = stated_lengths(cassette.interactions[index].response)
    return prove(cassette, [(each, Edit(Span(0, len(each.text)), str(size))) for each in stated if each.text == old])
