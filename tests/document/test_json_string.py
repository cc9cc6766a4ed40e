import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import edited, edits_of, in_both_sizes, often, scalars, sound_texts, texts

from cassette_cli.document import from_json
from cassette_cli.document.json_string import JsonString, quoted
from cassette_cli.document.lens import Lens, Source
from cassette_cli.document.scalar import lens_of
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.errors import CassetteError

some_texts = st.one_of(texts, st.text(max_size=8), st.text("\ud83d\ude00\udc80a😀", max_size=6))
sources = st.tuples(some_texts, st.booleans()).map(lambda drawn: json.dumps(drawn[0], ensure_ascii=drawn[1]))


def lens_in(text: str, number: int = 0) -> Lens[str]:
    """The lens of one of the strings of a JSON text."""
    return lens_of(Source(text), scalars([from_json.parse(text)])[number])


def is_expressible(text: str) -> bool:
    """A high and a low surrogate side by side: no escapes say that, as they would be one character."""
    return not re.search("[\ud800-\udbff][\udc00-\udfff]", text)


@often(4)
@given(st.data(), sources)
def test_any_edit(data: st.DataObject, source: str) -> None:
    text = f'["before", {source}, "\\u0061fter"]'
    lens = lens_in(text, 1)
    assert lens.text == json.loads(source)
    edits = data.draw(edits_of(lens.text, some_texts))
    meant = splice(lens.text, edits)
    try:
        after = edited(text, lens, edits)
    except CassetteError:
        assert not is_expressible(meant)
    else:
        assert json.loads(after) == ["before", meant, "after"]
        assert meant != lens.text or after == text


@often(2)
@given(sources, sound_texts)
def test_what_is_not_edited_keeps_its_spelling(source: str, new: str) -> None:
    text = f"[{source[:-1]}w0x\\/\\u0041w1x{source[1:]}]"
    lens = lens_in(text)
    place = lens.text.index("w0x")
    after = edited(text, lens, [Edit(Span(place, place + 3), new)])
    before, behind = text.split("w0x")
    assert after.startswith(before)
    assert after.endswith(behind)


@pytest.mark.parametrize(
    ("source", "old", "new", "expected"),
    [
        (r'"a\/b\u0020c"', "b", "x", r'"a\/x\u0020c"'),
        (r'"a\/b\u0020c"', " ", "", r'"a\/bc"'),
        (r'"a\nb"', "\n", "\t", r'"a\tb"'),
        (r'"\u00e9 b"', "b", "ü", r'"\u00e9 \u00fc"'),
        (r'"\ud83d\ude00 b"', "b", "🙂", r'"\ud83d\ude00 \ud83d\ude42"'),
        (r'"\ud83d\ude00 b"', "😀", "x", r'"x b"'),
        ('"é b"', "b", "ü😀", '"é ü😀"'),
        ('"a b"', "b", "ü", '"a ü"'),
        (r'"\u003cb\u003e é"', "b", "ü", r'"\u003cü\u003e é"'),
        (r'"\u2028 b"', "b", "ü", r'"\u2028 ü"'),
        (r'"\\u00e9 b"', "b", "ü", r'"\\u00e9 ü"'),
        ('"a"', "a", '"\\\n\x00', r'"\"\\\n\u0000"'),
        ('"a"', "a", "\u2028\u2029\x7f", r'"\u2028\u2029\u007f"'),
        ('"a"', "a", "\ud800", r'"\ud800"'),
        ('""', "", "x", '"x"'),
        ('"a"', "a", "", '""'),
    ],
)
def test_edits(source: str, old: str, new: str, expected: str) -> None:
    lens = lens_in(f"[{source}]")
    place = lens.text.index(old)
    assert edited(f"[{source}]", lens, [Edit(Span(place, place + len(old)), new)]) == f"[{expected}]"


def test_half_of_a_pair_cannot_be_put_beside_the_other() -> None:
    text = r'["\ud83d"]'
    with pytest.raises(CassetteError, match="cannot be written"):
        edited(text, lens_in(text), [Edit(Span(1, 1), "\ude00")])


@given(some_texts)
def test_quoted_is_read_again(text: str) -> None:
    if is_expressible(text):
        assert json.loads(quoted(text)) == json.loads(quoted(text, escape_letters=True)) == text
    assert quoted(text, escape_letters=True).isascii()


@pytest.mark.parametrize("source", ['"', '"a', 'a"', '"a"b"', '"\\"', '"\\x"', '"\\u12"', '"\\u12g4"', "'a'", ""])
def test_what_is_no_string_has_no_atoms(source: str) -> None:
    with pytest.raises(ValueError, match=r"quote|string"):
        JsonString().atoms(source)


@in_both_sizes
@pytest.mark.parametrize("piece", ["\\\\", '\\"', "\\u00e9", "\\ud83d\\ude00", " ", "x", "\\ud800"])
def test_a_long_string_takes_linear_time(piece: str, times: int) -> None:
    text = '["' + piece * times + 'end"]'
    lens = lens_in(text)
    size = len(lens.text)
    edits = [Edit(Span(place, place), "é") for place in range(0, size, size // 100)]
    assert json.loads(edited(text, lens, edits)) == [splice(lens.text, edits)]
