"""Base64 and UTF-8, alone and as layers of a file: YAML scalar > base64 > UTF-8 > JSON string."""

import base64
import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from laws import check_readings, edited, edits_of, often, scalars, sound_texts, texts, yaml_document

from cassette_cli.document import from_json
from cassette_cli.document.encoding import Base64, base64_lens, hex_lens, utf8_lens
from cassette_cli.document.lens import Lens, Slice, Source, lift_all
from cassette_cli.document.scalar import lens_of
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.errors import CassetteError

data_bytes = st.binary(max_size=200)


@st.composite
def wrapped(draw: st.DrawFn, data: bytes) -> str:
    """Base64 as encoders lay it out: on one line, in lines of one length, indented, with or without a last break."""
    encoded = base64.b64encode(data).decode()
    width = draw(st.sampled_from([4, 60, 76, 1000]))
    newline = draw(st.sampled_from(["\n", "\r\n", "\n    ", " "]))
    lines = [encoded[place : place + width] for place in range(0, len(encoded), width)]
    return draw(st.sampled_from(["", "", " "])) + newline.join(lines) + draw(st.sampled_from(["", "\n"]))


@st.composite
def edits_of_bytes(draw: st.DrawFn, data: bytes) -> list[Edit[bytes]]:
    return [Edit(edit.span, draw(st.binary(max_size=9))) for edit in draw(edits_of(data.decode("latin-1")))]


@often(2)
@given(st.data(), data_bytes)
def test_any_edit_of_bytes_in_base64(data: st.DataObject, content: bytes) -> None:
    text = data.draw(wrapped(content))
    lens = base64_lens(Source(text))
    assert lens.text == content
    edits = data.draw(edits_of_bytes(content))
    meant = splice(content, edits)
    after = edited(text, lens, edits)
    assert base64_lens(Source(after)).text == meant
    assert meant != content or after == text
    assert {len(line) for line in after.split()[:-1]} <= {len(line) for line in text.split()[:1]} or len(
        text.split()
    ) < 2


def test_lines_before_the_first_changed_byte_stay() -> None:
    content = bytes(range(256))
    text = base64.encodebytes(content).decode()
    after = edited(text, base64_lens(Source(text)), [Edit(Span(200, 201), b"longer")])
    assert after.splitlines()[:3] == text.splitlines()[:3]
    assert after == base64.encodebytes(content[:200] + b"longer" + content[201:]).decode()


def test_bytes_of_the_same_number_change_only_their_own_letters() -> None:
    text = base64.encodebytes(bytes(300)).decode()
    after = edited(text, base64_lens(Source(text)), [Edit(Span(120, 123), b"\xff\xff\xff")])
    assert after == text[:162] + "////" + text[166:]


@pytest.mark.parametrize("text", ["QR==", "Q Q = =", "\n\nQUJD\n\n", "QUJD\nQQ==\n", ""])
def test_what_is_not_edited_stays_as_it_is_written(text: str) -> None:
    """Loose last bits and lines of any length are not what an encoder writes."""
    lens = base64_lens(Source(text))
    assert edited(text, lens, []) == text
    assert edited(text, lens, [Edit(Span(0, len(lens.text)), lens.text)]) == text


@given(st.data(), st.binary(max_size=8), st.booleans())
def test_any_edit_of_bytes_in_hexadecimal_digits(data: st.DataObject, content: bytes, capitals: bool) -> None:
    text = content.hex().upper() if capitals else content.hex()
    lens = hex_lens(Source(text))
    edits = data.draw(edits_of_bytes(content))
    assert lens.text == content
    assert edited(text, lens, []) == text
    after = edited(text, lens, edits)
    assert hex_lens(Source(after)).text == splice(content, edits)
    assert capitals or after == after.lower()


def test_digits_of_bytes_that_stay_stay() -> None:
    text = "00aBcDEf"
    assert edited(text, hex_lens(Source(text)), [Edit(Span(1, 2), b"\xab"), Edit(Span(3, 4), b"\xfe")]) == "00aBcDfe"


@pytest.mark.parametrize("text", ["0", "0g", "00 ff", "<redacted>", "é0"])
def test_what_is_no_hexadecimal_digit_is_refused(text: str) -> None:
    with pytest.raises(CassetteError, match="not hexadecimal digits"):
        hex_lens(Source(text))


@pytest.mark.parametrize("text", ["QUI", "Q", "QUJD?", "QUJDé", "=QUJ", "QQ==QQ==", "QUJD-_", "<redacted>"])
def test_what_is_no_base64_is_refused(text: str) -> None:
    with pytest.raises(CassetteError, match="not base64"):
        base64_lens(Source(text))


@often(2)
@given(st.data(), st.one_of(st.binary(max_size=12), texts.map(lambda text: text.encode("utf-8", "surrogatepass"))))
def test_any_edit_of_text_in_bytes(data: st.DataObject, content: bytes) -> None:
    text = base64.b64encode(content).decode()
    lens = utf8_lens(base64_lens(Source(text)))
    edits = data.draw(edits_of(lens.text))
    meant = splice(lens.text, edits)
    try:
        after = edited(text, lens, edits)
    except CassetteError:
        assert any("\ud800" <= char <= "\udfff" for char in meant)
    else:
        assert utf8_lens(base64_lens(Source(after))).text == meant
        assert meant != lens.text or after == text


def test_bytes_that_are_no_utf8_are_kept() -> None:
    text = base64.b64encode(b"caf\xe9 \xff!").decode()
    lens = utf8_lens(base64_lens(Source(text)))
    assert lens.text == "caf\udce9 \udcff!"
    after = edited(text, lens, [Edit(Span(0, 3), "ç")])
    assert base64.b64decode(after) == "ç".encode() + b"\xe9 \xff!"


@pytest.mark.parametrize(
    ("content", "span", "new"),
    [
        (b"\xe2x\x82\xac", (1, 2), ""),
        (b"\xe2", (1, 1), "\udc82\udcac"),
        (b"a", (1, 1), "\ud83d"),
    ],
)
def test_text_that_would_not_be_read_again_is_refused(content: bytes, span: tuple[int, int], new: str) -> None:
    text = base64.b64encode(content).decode()
    with pytest.raises(CassetteError, match=r"UTF-8"):
        edited(text, utf8_lens(base64_lens(Source(text))), [Edit(Span(*span), new)])


@st.composite
def recorded(draw: st.DrawFn) -> tuple[str, str]:
    """A YAML file with a body in base64, and the text in the one string of that body."""
    text = draw(sound_texts)
    body = json.dumps({"id": 5, "text": text, "last": None}, ensure_ascii=draw(st.booleans())).encode()
    width = draw(st.sampled_from([16, 60, 76]))
    if draw(st.booleans()):
        return yaml.safe_dump({"request": {"body": body}, "end": 1}), text
    encoded = base64.b64encode(body).decode()
    lines = "\n    ".join(encoded[place : place + width] for place in range(0, len(encoded), width))
    return f"request:\n  body: !binary |-\n    {lines}\nend: 1\n", text


@often(2)
@given(st.data(), recorded())
def test_text_in_json_in_utf8_in_base64_in_yaml(data: st.DataObject, drawn: tuple[str, str]) -> None:
    text, value = drawn
    document = yaml_document(text)
    held = next(scalar for scalar in scalars(document.roots) if scalar.tag)
    body = utf8_lens(base64_lens(lens_of(document.source, held)))
    lens: Lens[str] = lens_of(body, scalars([from_json.parse(body.text)])[3])
    assert (lens.text, lens.depth) == (value, 4)
    edits = data.draw(edits_of(value, sound_texts))
    after = edited(text, lens, edits)
    again = base64.b64decode(held_text(after))
    assert json.loads(again) == {"id": 5, "text": splice(value, edits), "last": None}
    check_readings(text, after, scalars(document.roots).index(held), held_text(after))


def held_text(text: str) -> str:
    return next(scalar.value for scalar in scalars(yaml_document(text).roots) if scalar.tag)


@often(2)
@given(st.data(), sound_texts)
def test_arguments_in_json_in_json_in_yaml(data: st.DataObject, value: str) -> None:
    """A tool call as chat completions carry it: JSON in a string of JSON, itself in a line of a YAML scalar."""
    arguments = json.dumps({"a": value, "b": 2}, ensure_ascii=data.draw(st.booleans()))
    body = json.dumps({"index": 0, "arguments": arguments}, ensure_ascii=data.draw(st.booleans()))
    style = data.draw(st.sampled_from("'\"|>"))
    text = yaml.safe_dump({"body": f"data: {body}\n\ndata: [DONE]\n\n"}, default_style=style)
    document = yaml_document(text)
    payload = Slice(lens_of(document.source, scalars(document.roots)[1]), Span(6, 6 + len(body)))
    call = lens_of(payload, scalars([from_json.parse(payload.text)])[3])
    lens = lens_of(call, scalars([from_json.parse(call.text)])[1])
    assert (lens.text, lens.depth) == (value, 4)
    edits = data.draw(edits_of(value, sound_texts))
    line, *rest = yaml.safe_load(edited(text, lens, edits))["body"].split("\n")
    read = json.loads(line.removeprefix("data: "))
    assert rest == ["", "data: [DONE]", "", ""]
    assert (read["index"], json.loads(read["arguments"])) == (0, {"a": splice(value, edits), "b": 2})


def test_edits_of_all_layers_meet() -> None:
    body = json.dumps({"a": "one", "b": "two"}).encode()
    text = f"body: !!binary {base64.b64encode(body).decode()}\nurl: https://example.com\n"
    document = yaml_document(text)
    held, _, url = scalars(document.roots)[1:]
    content = base64_lens(lens_of(document.source, held))
    inside = utf8_lens(content)
    one, two = (lens_of(inside, scalar) for scalar in scalars([from_json.parse(inside.text)])[1::2])
    after = splice(
        text,
        lift_all(
            [
                (lens_of(document.source, url), Edit(Span(8, 15), "other")),
                (two, Edit(Span(0, 3), "2")),
                (content, Edit(Span(0, 1), b" {")),
                (one, Edit(Span(3, 3), "s")),
            ]
        ),
    )
    assert base64.b64decode(yaml_document(after).source.text.split()[2]) == b' {"a": "ones", "b": "2"}'
    assert after.endswith("\nurl: https://other.com\n")


def test_a_megabyte() -> None:
    content = bytes(range(256)) * 4096
    text = base64.encodebytes(content).decode()
    lens = base64_lens(Source(text))
    assert isinstance(lens, Base64)
    edits = [Edit(Span(place, place + 1), b"ab") for place in range(0, len(content), 1000)]
    assert base64.decodebytes(edited(text, lens, edits).encode()) == splice(content, edits)
