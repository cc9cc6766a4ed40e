from pathlib import Path

import pytest
from hypothesis import given
from laws import often, readings, scalars, shape, sound_texts, yaml_document
from written import by_hand, dumped

from cassette_cli.document import from_yaml
from cassette_cli.document.text import Span
from cassette_cli.document.tree import Mapping, Node, Scalar, Style, get, text_of
from cassette_cli.errors import CassetteError

SPANS = """\
# comment
plain: two words # comment
😀: 'it''s'
"double\\n": "\\u00e9\\
  é"
tagged: !!binary |
  aGk=

anchored: &a !t folded
   text
block: >+
  text

flow: [a, {b: "c"}]
? |
  key
: - - deep
none:
alias: *a
"""


def test_spans_cover_what_the_file_holds_for_a_scalar() -> None:
    document = yaml_document(SPANS)
    assert [document.source_of(scalar.span) for scalar in scalars(document.roots)] == [
        "plain", "two words", "😀", "'it''s'", '"double\\n"', '"\\u00e9\\\n  é"', "tagged", "!!binary |\n  aGk=\n\n",
        "anchored", "&a !t folded\n   text", "block", ">+\n  text\n\n", "flow", "a", "b", '"c"', "|\n  key\n", "deep",
        "none", "", "alias", "&a !t folded\n   text",
    ]  # fmt: skip


def test_values_styles_and_tags() -> None:
    assert [(scalar.value, scalar.style, scalar.tag) for scalar in scalars(from_yaml.parse(SPANS))[1:10:2]] == [
        ("two words", Style.PLAIN, None),
        ("it's", Style.SINGLE, None),
        ("éé", Style.DOUBLE, None),
        ("aGk=\n", Style.LITERAL, "tag:yaml.org,2002:binary"),
        ("folded text", Style.PLAIN, "!t"),
    ]


def test_collections_have_spans_and_tags() -> None:
    document = yaml_document("a: !s\n- x\n- y\nb: !m {c: d}\n")
    inside = [get(document.root, "a"), get(document.root, "b")]
    assert [(document.source_of(node.span), node.tag) for node in inside if node] == [
        ("!s\n- x\n- y\n", "!s"),
        ("!m {c: d}", "!m"),
    ]


@pytest.mark.parametrize("before", ["\ufeff", "\ufeff# comment\n", "\ufeff---\n", "😀: '😀'\n", "# 😀\r\n---\r\n"])
def test_what_stands_before_moves_the_spans(before: str) -> None:
    """libyaml counts no byte order mark; its marks count characters, not bytes."""
    text = before + "key: &a value\nlist: [*a]\n"
    for pure in (False, True):
        roots = from_yaml.parse(text, pure=pure)
        root = roots[-1]
        assert [text[slice(*scalar.span)] for scalar in scalars(roots)][-4:] == ["key", "&a value", "list", "&a value"]
        listed = get(root, "list")
        assert listed is not None
        assert text[slice(*listed.span)] == "[*a]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("# comment\n", []),
        ("\ufeff", []),
        ("---\n", [None]),
        ("a\n", ["a"]),
        ("a\n---\nb\n", ["a", "b"]),
        ("--- a\n...\n# between\n--- b\n...\n", ["a", "b"]),
        ("%YAML 1.1\n---\na\n", ["a"]),
        ("--- &x a\n--- &x b\n", ["a", "b"]),
    ],
)
def test_documents(text: str, expected: list[str | None]) -> None:
    assert [text_of(root) for root in from_yaml.parse(text)] == expected


INDENTS = [
    # A text, and the column of the block collection around its last scalar.
    ("@", -1),
    ("--- @", -1),
    ("k: @", 0),
    ("a:\n  b: @", 2),
    ("a:\n- @", 0),
    ("a:\n    - @", 4),
    ("- - @", 2),
    ("- k: @", 2),
    ("[@]", -1),
    ("a:\n  b: [{c: @}]", 2),
    ("? a\n: @", 0),
    ("? @", 0),
    ("!t\n- @", 0),
    ("&a\n- @", 0),
    ("k: &a\n- @", 0),
    ("k: !t # comment\n\n  # comment\n  - @", 2),
    ("k: !t\r\n  - @", 2),
    ("- &a !t\n  k: @", 2),
    ("!t\n? a\n: @", 0),
    ("&a k: @", 0),
    ("- &a k: @", 2),
    ("- ! &a\n   - @", 3),
]


@pytest.mark.parametrize(("text", "expected"), INDENTS)
@pytest.mark.parametrize("before", ["", "\ufeff", "x: &y [z]\n---\n"])
def test_indentation_of_the_block_collection_around(text: str, expected: int, before: str) -> None:
    assert scalars(from_yaml.parse(before + text.replace("@", "end\n")))[-1].indent == expected


def test_what_lies_in_a_flow_collection_or_a_key() -> None:
    text = "block: value\nflow: [f1, {f2: f3}]\n? [k1, {k2: k3}]\n: value\n? - k4\n: [f4]\nlast:\n- value\n"
    found = scalars(from_yaml.parse(text))
    assert [scalar.value for scalar in found if scalar.in_flow] == ["f1", "f2", "f3", "k1", "k2", "k3", "f4"]
    names = ["block", "flow", "f2", "k1", "k2", "k3", "k4", "last"]
    assert [scalar.value for scalar in found if scalar.in_key] == names


def test_an_alias_is_the_node_that_it_names_and_both_are_shared() -> None:
    root = from_yaml.parse("a: &x [one, two]\nb: *x\nc: three\nd: &y four\ne: *y\nf: &z five\n")[0]
    assert get(root, "a") is get(root, "b")
    assert {scalar.value for scalar in scalars([root]) if scalar.shared} == {"one", "two", "four"}


def test_an_anchor_may_be_used_again() -> None:
    root = from_yaml.parse("[&a x, *a, &a y, *a]")[0]
    assert [scalar.value for scalar in scalars([root])] == ["x", "x", "y", "y"]
    inner = from_yaml.parse("&a [&a x, *a]")[0]
    assert [scalar.value for scalar in scalars([inner])] == ["x", "x"]


FAULTS = [
    ("a: b: c\n", 1, 5),
    ("a: [b\nc: d\n", 2, 2),
    ("k: v\n\tx: y\n", 2, 1),
    ("k: 'open\nx: y\n", 3, 1),
    ("k: @x\n", 1, 4),
    ("k: *a\n", 1, 4),
    ("😀é: *a\n", 1, 5),
    ("\ufeffk: *a\n", 1, 5),
    ("a: 1\r\nb: *a\r\n", 2, 4),
    ("k: &a [*a]\n", 1, 8),
    ("k: &a {x: [*a]}\n", 1, 12),
    ("--- &a x\n--- *a\n", 2, 5),
    ('k: "\\q"\n', 1, 5),
    ('😀: "\\uD83D\\uDE00"\n', 1, 7),
    ("é: \x07\n", 1, 4),
    ("é: ok\nééé: \x00\n", 2, 6),
    ("a: \ud800\n", 1, 4),
    ("a: \udc80\n", 1, 4),
    ("a: 1\n" * 50_000 + "é: \x1b", 50_001, 4),
    ("k: v\n- x\n", 2, 1),
    ("}", 1, 1),
    ("%YAML 3.0\n--- a\n", 1, 1),
    ("a: !e!t b\n", 1, 4),
]


@pytest.mark.parametrize(("text", "line", "column"), FAULTS)
def test_a_fault_is_told_with_its_place(text: str, line: int, column: int) -> None:
    with pytest.raises(CassetteError, match=r"YAML|alias") as caught:
        from_yaml.parse(text)
    assert (caught.value.where.line, caught.value.where.column) == (line, column)


@pytest.mark.parametrize(("text", "line", "column"), [fault for fault in FAULTS if "uD83D" not in fault[0]])
def test_the_parser_without_libyaml_finds_the_same_faults(text: str, line: int, column: int) -> None:
    with pytest.raises(CassetteError, match=r"YAML|alias") as caught:
        from_yaml.parse(text, pure=True)
    assert caught.value.where.line is not None
    assert abs(caught.value.where.line - line) <= 1


def test_a_forbidden_character_is_named() -> None:
    with pytest.raises(CassetteError, match=r"1:4: not YAML: character U\+001B is not allowed"):
        from_yaml.parse("k: \x1b")


def without_empty_places(roots: tuple[Node, ...]) -> list[Scalar]:
    """The scalars; where blanks and comments follow, parsers differ about the place of an empty one."""
    return [scalar if scalar.value else scalar._replace(span=Span(0, 0)) for scalar in scalars(roots)]


@often(5)
@given(by_hand())
def test_both_parsers_give_one_tree(text: str) -> None:
    """Where the one in Python, which follows YAML 1.2, reads the values that libyaml reads at all."""
    try:
        ours = from_yaml.parse(text)
    except CassetteError:
        return
    if "ruamel.yaml" in readings(text):
        theirs = from_yaml.parse(text, pure=True)
        assert shape(theirs) == shape(ours)
        assert without_empty_places(theirs) == without_empty_places(ours)


@often(2)
@given(dumped(sound_texts))
def test_both_parsers_give_one_tree_for_what_pyyaml_writes(text: str) -> None:
    if not set(text) & set("\x85\u2028\u2029"):
        assert from_yaml.parse(text, pure=True) == from_yaml.parse(text)


def both_agree(path: Path) -> None:
    text = path.read_bytes().decode()
    assert from_yaml.parse(text, pure=True) == from_yaml.parse(text), path


def by_size(corpus: Path, smallest: int, largest: int) -> list[Path]:
    return [path for path in sorted(corpus.rglob("*.y*ml")) if smallest < path.stat().st_size <= largest]


def test_both_parsers_agree_on_recordings(corpus: Path) -> None:
    """A tenth of those of usual size; the slow test takes them all."""
    paths = by_size(corpus, 0, 100_000)
    assert len(paths) > 1000
    for path in paths[::10]:
        both_agree(path)


@pytest.mark.slow
def test_both_parsers_agree_on_every_recording(corpus: Path) -> None:
    for path in by_size(corpus, -1, 10_000_000):
        both_agree(path)


def test_an_alias_bomb_costs_nothing() -> None:
    levels = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 100))
    root = from_yaml.parse(f"l0: &l0 boom\n{levels}\n")[0]
    assert isinstance(root, Mapping)
    assert len(root.items) == 100


# Python's own stack ends here, and so does what is parsed.
DEPTH = 999


@pytest.mark.parametrize(
    "text",
    [
        "[" * DEPTH + "]" * DEPTH,
        "{a: " * DEPTH + "}" * DEPTH,
        "- " * DEPTH + "x\n",
        "? " * DEPTH + "x\n",
        "\n".join(" " * column + "a:" for column in range(DEPTH)),
    ],
    ids=["sequences", "mappings", "block sequences", "keys", "block mappings"],
)
def test_depth_exhausts_no_stack(text: str) -> None:
    assert len(shape(from_yaml.parse(text))) >= DEPTH


@pytest.mark.parametrize("text", ["[" * DEPTH, "{a: " * DEPTH, "- " * DEPTH + "[", "&a [" * DEPTH])
def test_depth_without_end_is_a_fault(text: str) -> None:
    with pytest.raises(CassetteError, match="not YAML"):
        from_yaml.parse(text)


def test_tags_run_nothing() -> None:
    root = from_yaml.parse("a: !!python/object/apply:os.system [exit]\nb: !ruby/object:X {c: d}\n")[0]
    node = get(root, "a")
    assert node is not None
    assert node.tag == "tag:yaml.org,2002:python/object/apply:os.system"


@pytest.mark.parametrize("text", ["{uri: http://x/}\n", "a: [http://x/, 'b']\n", "- {a: b::c}\n"])
def test_what_libyaml_alone_refuses_is_read(text: str) -> None:
    """A colon that no blank follows is text in flow collections, too (YAML 1.2.2, 7.3.3)."""
    assert from_yaml.parse(text) == from_yaml.parse(text, pure=True)


def test_a_long_text_that_libyaml_refuses_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(from_yaml, "LONGEST_FOR_PURE", 16)
    assert from_yaml.parse("{uri: http://x/}")
    with pytest.raises(CassetteError, match="not YAML: found unexpected ':'"):
        from_yaml.parse("{uri: http://x/}\n")


def test_what_neither_parser_reads_is_told_as_libyaml_tells_it() -> None:
    with pytest.raises(CassetteError) as caught:
        from_yaml.parse("a: {uri: http://x/}\nb: [\n")
    assert str(caught.value) == "1:14: not YAML: found unexpected ':'"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("a:\n  " + "[" * 1_000_000, (2, 1002)),
        ("- " * 1001 + "x", (1, 2001)),
        ("{a: " * 1001, (1, 4001)),
    ],
)
def test_a_nest_without_end_is_refused(text: str, where: tuple[int, int]) -> None:
    """Parsing it would take time that grows with the square of its depth."""
    with pytest.raises(CassetteError, match="collections are nested more than 1,000 deep") as caught:
        from_yaml.parse(text)
    assert caught.value.where[1:] == where


@pytest.mark.parametrize("text", ["a: '" + "[" * 2000 + "'\n", "a: |\n  " + "[{" * 2000 + "\n", "- " * 1000 + "x\n"])
def test_brackets_in_a_text_are_no_nest(text: str) -> None:
    assert len(from_yaml.parse(text)) == 1
