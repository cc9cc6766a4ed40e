import pytest

from cassette_cli.writing.base import Kept, arguments_of, dumps, loads


@pytest.mark.parametrize(
    "text", ['{"cost":0.00005397,"n":1e5}', '["é","\\u2028",null,true,-1.50,12345678901234567890]', "{}"]
)
def test_numbers_and_texts_keep_their_spelling(text: str) -> None:
    assert dumps(loads(text)) == text


def test_what_is_gathered_grows() -> None:
    kept = Kept(("text",))
    for fields in ({"text": "Hel", "list": [1], "last": None}, {"text": "lo", "list": [2], "last": 3}, {"skipped": 1}):
        kept.add(fields, ("skipped",))

    assert kept.fields == {"text": "Hello", "list": [1, 2], "last": 3}


def test_arguments_that_are_no_json() -> None:
    assert arguments_of(" ") == {}
    with pytest.raises(ValueError, match="no JSON"):
        arguments_of("{")
