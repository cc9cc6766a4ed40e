"""JSON laid out: short on one line, long over several, numbers as written, every text whole."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cassette_cli.conversation import Json
from cassette_cli.render.json_text import Number, flat, json_lines, read

LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=9), inner, max_size=6)
)


def laid_out(value: Json) -> str:
    return "\n".join(" " * row.indent + "".join(text for text, _ in row.pieces) for row in json_lines(value, 0))


def parsed(text: str) -> Json:
    value, is_json = read(text)
    assert is_json
    return value


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('{"a": 2, "b": 3}', '{"a": 2, "b": 3}'),
        ("{}", "{}"),
        ("[]", "[]"),
        (
            '{"cost":0.00005397,"big":12345678901234567890,"exp":1E5}',
            '{"cost": 0.00005397, "big": 12345678901234567890, "exp": 1E5}',
        ),
        ("[" + ",".join(["0.25"] * 1536) + "]", "[0.25, 0.25, 0.25, … 1,536 numbers]"),
        ('{"embedding": [' + ",".join(["1"] * 17) + "]}", '{"embedding": [1, 1, 1, … 17 numbers]}'),
        ("[1, 2, 3]", "[1, 2, 3]"),
        ('"caf\\u00e9 \\u001b[2J"', '"café \\u001b[2J"'),
        ("NaN", "NaN"),
    ],
)
def test_what_fits_stays_on_one_line(text: str, shown: str) -> None:
    assert laid_out(parsed(text)) == shown


def test_what_does_not_fit_is_indented() -> None:
    value = {"name": "x" * 60, "list": ["y" * 60, {"deep": 1}], "empty": {}}

    assert laid_out(value) == "\n".join(
        [
            "{",
            f'  "name": "{"x" * 60}",',
            '  "list": [',
            f'    "{"y" * 60}",',
            '    {"deep": 1}',
            "  ],",
            '  "empty": {}',
            "}",
        ]
    )


def test_a_text_of_several_lines_is_a_block() -> None:
    assert laid_out({"code": "import os\n\nprint(os.name)  # \u2026 and so on\n", "n": 1}) == "\n".join(
        ["{", '  "code": |', "    import os", "", "    print(os.name)  # … and so on", '  "n": 1', "}"]
    )


def test_long_data_within_is_elided() -> None:
    assert laid_out({"url": "data:image/png;base64," + "A" * 4000}) == '{"url": <image/png, 3.0 kB>}'


def test_a_long_text_is_whole() -> None:
    long = "never cut " * 1000

    assert laid_out({"text": long}) == f'{{\n  "text": "{long}"\n}}'


@given(VALUES)
def test_small_values_are_json_that_reads_back(value: Json) -> None:
    text = json.dumps(value)
    if all("\n" not in leaf for leaf in _strings(value)):
        assert json.loads(laid_out(parsed(text))) == value


@given(VALUES, st.integers(0, 80))
def test_flat_keeps_to_its_room(value: Json, room: int) -> None:
    shown = flat(value, room)

    assert shown is None or len(shown) <= room


@pytest.mark.parametrize("number", ["9" * 400, "-0." + "1" * 400, "1e" + "0" * 400])
def test_a_number_is_whole_however_long(number: str) -> None:
    assert laid_out(parsed(number)) == number
    assert laid_out(parsed(f'{{"n":{number}}}')) == f'{{\n  "n": {number}\n}}'


def test_a_long_number_that_python_made_is_whole() -> None:
    assert laid_out(10**400) == "1" + "0" * 400


def test_nesting_without_end_is_counted_not_followed() -> None:
    value: Json = "the innermost text, which nobody will see"
    for _ in range(900):
        value = {"deeper": value}

    assert "… 1 item below" in laid_out(value)


def test_what_is_no_json_is_said_to_be_none() -> None:
    assert read("{") == (None, False)
    assert read("[" * 100_000) == (None, False)


def test_numbers_are_texts_of_their_own_kind() -> None:
    assert isinstance(parsed("1.50"), Number)
    assert flat(parsed("1.50")) == "1.50"


def _strings(value: Json) -> list[str]:
    if isinstance(value, str):
        return [value]
    items = [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for item in items for text in _strings(item)]
