import pytest
from edits import KINDS, sample

from cassette_cli import files
from cassette_cli.editing.status import with_status
from cassette_cli.errors import CassetteError


@pytest.mark.parametrize("name", KINDS)
def test_the_code_and_its_phrase_change(name: str) -> None:
    before = sample(name)
    after = files.read("x", files.encoded(with_status(before, 0, 429).document.text))

    response = after.interactions[0].response
    assert (response.status, response.reason) == (429, "Too Many Requests")
    assert after.interactions[1].response.status == 200
    assert with_status(after, 0, 200).document.text == before.document.text


def test_a_code_without_a_phrase() -> None:
    after = with_status(sample("go_vcr/openai_chat_text.yaml"), 0, 529)

    assert after.interactions[0].response.status == 529


def test_a_status_that_the_recorder_does_not_read_is_none() -> None:
    text = sample("vcrpy/openai_chat_text.yaml").document.text.replace(
        "    status:\n      code", "    code:\n      code"
    )

    with pytest.raises(CassetteError, match="no status that could be changed"):
        with_status(files.read("x", text.encode()), 0, 404)


@pytest.mark.parametrize("code", [0, 99, 600])
def test_what_is_no_status_is_refused(code: int) -> None:
    with pytest.raises(CassetteError, match="no status"):
        with_status(sample("go_vcr/openai_chat_text.yaml"), 0, code)
