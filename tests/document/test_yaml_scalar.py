"""What a YAML scalar may become in its place: text stays text, keys stay on one line, collections stay whole."""

import pytest
from laws import check_scalar, edited, scalars, yaml_document

from cassette_cli.document.scalar import lens_of
from cassette_cli.document.text import Edit, Span
from cassette_cli.errors import CassetteError


def becomes(text: str, old: str, new: str) -> str | None:
    """A file's text after the first scalar of a value has another one."""
    number = [scalar.value for scalar in scalars(yaml_document(text).roots)].index(old)
    return check_scalar(text, number, [Edit(Span(0, len(old)), new)])


@pytest.mark.parametrize(
    ("text", "old", "new", "expected"),
    [
        # Text stays text, whichever reader decides.
        ("k: word\n", "word", "5", "k: '5'\n"),
        ("k: word\n", "word", "1,000", "k: '1,000'\n"),
        ("k: word\n", "word", "yes", "k: 'yes'\n"),
        ("k: word\n", "word", "~", "k: '~'\n"),
        ("k: word\n", "word", "", "k: ''\n"),
        ("k: word\n", "word", "2001-01-01", "k: '2001-01-01'\n"),
        ("k: word\n", "word", "<<", "k: '<<'\n"),
        ("k: word\n", "word", ":on", "k: ':on'\n"),
        ("k: 2001-01\n  10:00:00\n", "2001-01 10:00:00", "2001-01-01 10:00:00", "k: '2001-01-01 10:00:00'\n"),
        # What is no text may become text, or more of its kind.
        ("k: 5\n", "5", "5.5", "k: 5.5\n"),
        ("k: 5\n", "5", "five", "k: five\n"),
        ("k: 5\n", "5", "true", "k: 'true'\n"),
        ("k: true\n", "true", "no", "k: no\n"),
        ("k: 2001-01-01\n", "2001-01-01", "2002-02-02", "k: 2002-02-02\n"),
        ("k: ~\n", "~", "5", "k: '5'\n"),
        # A tag says what a plain scalar is.
        ("k: !!int 5\n", "5", "6", "k: !!int 6\n"),
        ("k: !!str 5\n", "5", "6", "k: !!str 6\n"),
        ("k: !!str word\n", "word", "6", "k: !!str 6\n"),
        ("k: !t &a # why\n  word\n", "word", "x: y", "k: !t &a # why\n  'x: y'\n"),
        ("k: ! 'word'\n", "word", "x", "k: ! 'x'\n"),
        ("k: !!binary aGk=\n", "aGk=", "aGkh", "k: !!binary aGkh\n"),
        # No line looks like the end of a document.
        ("word\n", "word", "--- x", "'--- x'\n"),
        ("--- word\n", "word", "...", "--- '...'\n"),
        ("k: word\n", "word", "---", "k: '---'\n"),
        ("k: word\n", "word", "---x", "k: ---x\n"),
        ("k: word\n", "word", "x ---", "k: x ---\n"),
        ("one\ntwo\n", "one two", "--- x", "'--- x'\n"),
        # Flow collections.
        ("[a, word]\n", "word", "b, c", "[a, 'b, c']\n"),
        ("{a: word}\n", "word", "b}", "{a: 'b}'}\n"),
        ("{a: word}\n", "word", "[b", "{a: '[b'}\n"),
        ("k: [word]\n", "word", "http://x.y", "k: ['http://x.y']\n"),
        ("k: [word]\n", "word", "b?", "k: ['b?']\n"),
        ("k: [word]\n", "word", "b-c", "k: [b-c]\n"),
        ("k: word\n", "word", "a, [b], {c}?", "k: a, [b], {c}?\n"),
        ("[a, 'word']\n", "word", "b\nc", "[a, 'b\n\n  c']\n"),
        # Keys.
        ("word: v\n", "word", "b: c", "'b: c': v\n"),
        ("word: v\n", "word", "b\nc", '"b\\nc": v\n'),
        ("'word': v\n", "word", "b\nc", '"b\\nc": v\n'),
        ("? word\n: v\n", "word", "b\nc", '? "b\\nc"\n: v\n'),
        ("? 'one\n  two'\n: v\n", "one two", "b\nc", "? 'b\n\n  c'\n: v\n"),
        ("? |\n  word\n: v\n", "word\n", "b\nc\n", "? |\n  b\n  c\n: v\n"),
        ("{word: v}\n", "word", "b\nc", '{"b\\nc": v}\n'),
        ("&a word: v\n", "word", "x", "&a x: v\n"),
        # What libyaml alone, or another parser alone, would refuse.
        ("k: word\n", "word", "a\tb", "k: 'a\tb'\n"),
        ("k: |\n  word\n", "word\n", "\tb\n", "k: |2\n  \tb\n"),
        ("--- |\n  word\n", "word\n", "", '--- ""\n'),
        ("k: |\n    ", "", "x", 'k: "x"\n    '),
        # A file keeps its line ends.
        ("k: 'word'\r\nz: end\r\n", "word", "b\nc", "k: 'b\r\n\r\n  c'\r\nz: end\r\n"),
        ("k: |\r\n  word\r\n", "word\n", "b\nc\n", "k: |\r\n  b\r\n  c\r\n"),
        ("\ufeffk: word\n", "word", "x", "\ufeffk: x\n"),
        ("# 😀\nk: 'word'\n", "word", "😀", "# 😀\nk: '😀'\n"),
    ],
)
def test_edits(text: str, old: str, new: str, expected: str) -> None:
    assert becomes(text, old, new) == expected


@pytest.mark.parametrize("text", ["k:\n", "k: !!str\n", "k: &a\n", "{k: , z: end}\n"])
def test_where_there_is_no_value_there_is_no_place_for_one(text: str) -> None:
    assert becomes(text, "", "x") is None


@pytest.mark.parametrize("new", ["\ud800", "a\udc80b", "\ud83d\ude00"])
@pytest.mark.parametrize("source", ["word", "'word'", '"word"', "|\n  word", ">-\n  word"])
def test_a_lone_surrogate_has_no_place_in_yaml(source: str, new: str) -> None:
    assert becomes(f"k: {source}\n", "word" + "\n" * source.startswith("|"), new) is None


def test_what_an_alias_names_cannot_be_edited() -> None:
    text = "k: &a word\nz: *a\n"
    document = yaml_document(text)
    for number in (1, 3):
        lens = lens_of(document.source, scalars(document.roots)[number])
        with pytest.raises(CassetteError, match="alias"):
            edited(text, lens, [Edit(Span(0, 4), "x")])


def test_a_key_takes_no_more_than_1024_characters() -> None:
    assert check_scalar("word: v\n", 0, [Edit(Span(0, 4), "x" * 1024)]) == f"{'x' * 1024}: v\n"
    assert check_scalar("&a word: v\n", 0, [Edit(Span(0, 4), "x" * 1021)]) == f"&a {'x' * 1021}: v\n"
    for text in ("word: v\n", "'word': v\n", '{"word": v}\n'):
        document = yaml_document(text)
        with pytest.raises(CassetteError, match="cannot be written"):
            edited(text, lens_of(document.source, scalars(document.roots)[0]), [Edit(Span(0, 4), "x" * 1025)])


def test_a_key_that_is_longer_may_get_shorter() -> None:
    text = f"? {'x' * 2000}\n: v\n"
    assert check_scalar(text, 0, [Edit(Span(0, 1000), "")]) == f"? {'x' * 1000}\n: v\n"


def test_huge_scalars() -> None:
    """10 MB in one scalar, edited in a hundred places."""
    for source in ("'@'", '"@"', "|\n  @", "@"):
        text = "k: " + source.replace("@", "some words " * 900_000 + "end") + "\n"
        document = yaml_document(text)
        scalar = scalars(document.roots)[1]
        edits = [Edit(Span(place, place + 4), "SOME") for place in range(0, 11 * 900_000, 11 * 9000)]
        after = edited(text, lens_of(document.source, scalar), edits)
        assert after.count("SOME") == 100
        assert after.lower() == text


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a: |\n  x\ty\n  \tz\n   \t\nb: 1\n", 'a: "\\uFEFFx\\ty\\n\\tz\\n \\t\\n"\n\nb: 1\n'),
        ("a: |\r\n  x\r\n  \t\r\n", 'a: "\\uFEFFx\\n\\t\\n"\r\n\r\n'),
        ("a: |\n  x\n \n  \nb: 1\n", 'a: "\\uFEFFx\\n"\n\n\nb: 1\n'),
    ],
)
def test_of_blank_lines_at_the_end_of_a_block_only_the_breaks_stay(text: str, after: str) -> None:
    """A tab behind the closing quote would be a fault."""
    assert check_scalar(text, 1, [Edit(Span(0, 0), "\ufeff")]) == after


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_no_line_begins_with_the_marker_of_a_document(newline: str, quote: str) -> None:
    text = f"{quote}x{newline}-- y{quote}\n"
    value = scalars(yaml_document(text).roots)[0].value
    place = value.index("--")
    after = check_scalar(text, 0, [Edit(Span(place, place), "-")])
    assert after is not None
    assert scalars(yaml_document(after).roots)[0].value == value.replace("--", "---")
