from pathlib import Path

import pytest
from edits import KINDS, sample

from cassette_cli import files
from cassette_cli.editing.interactions import rearranged, renumbered
from cassette_cli.errors import CassetteError, InternalError
from cassette_cli.proof import said


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("order", [[1, 0], [1], [0, 0, 1], [0, 1, 1]])
def test_interactions_are_the_same_elsewhere(name: str, order: list[int]) -> None:
    before = sample(name)
    after = files.parse("x", rearranged(before, order).document.text)

    assert after is not None
    assert [said(each)._replace(id=None) for each in after.interactions] == [
        said(before.interactions[place])._replace(id=None) for place in order
    ]


@pytest.mark.parametrize("name", KINDS)
def test_two_turns_restore_the_file(name: str) -> None:
    before = sample(name)

    assert rearranged(rearranged(before, [1, 0]), [1, 0]).document.text == before.document.text


def test_running_numbers_run_again() -> None:
    after = rearranged(sample("go_vcr/openai_chat_sse_add_multiply.yaml"), [1, 1])

    assert [each.id for each in after.interactions] == ["0", "1"]


def test_other_numbers_stay_until_they_are_asked_for(tmp_path: Path) -> None:
    text = sample("go_vcr/openai_chat_sse_add_multiply.yaml").document.text.replace("- id: 1", "- id: 7")
    cassette = rearranged(files.read("a.yaml", text.encode()), [1, 0])

    assert [each.id for each in cassette.interactions] == ["7", "0"]
    assert [each.id for each in renumbered(cassette).interactions] == ["0", "1"]


def test_recorders_without_numbers_are_told() -> None:
    with pytest.raises(CassetteError, match=r"no id: VCR\.py does not number them"):
        renumbered(sample("vcrpy/openai_chat_sse_add_multiply.yaml"))


def test_a_comment_goes_with_what_it_stands_above() -> None:
    text = sample("vcrpy/openai_chat_sse_add_multiply.yaml").document.text
    second = text.index("- request:", text.index("- request:") + 1)
    noted = f"{text[:second]}# the second\n{text[second:]}"
    after = rearranged(files.read("a.yaml", noted.encode()), [1]).document.text

    assert after.startswith("interactions:\n# the second\n- request:")


def test_nothing_can_be_left_where_nothing_would_tell_whose_it_is() -> None:
    with pytest.raises(CassetteError, match="nothing would tell"):
        rearranged(sample("go_vcr/openai_chat_text_v1.yaml"), [])
    half = (
        sample("go_vcr/openai_chat_text_v1.yaml").document.text.replace("version: 1\n", "")
        + "- request:\n    body: x\n"
    )
    with pytest.raises(CassetteError, match="without whole interactions nothing would tell"):
        rearranged(files.read("a.yaml", half.encode()), [1])
    assert rearranged(sample("go_vcr/openai_chat_text.yaml"), []).document.text.endswith("interactions: []\n")


@pytest.mark.slow
def test_every_real_recording_can_be_turned_around(corpus: Path) -> None:
    refused = set()
    for cassette in files.load([str(corpus)]):
        if isinstance(cassette, CassetteError) or len(cassette.interactions) < 2:
            continue
        order = list(range(len(cassette.interactions)))[::-1]
        try:
            again = rearranged(rearranged(cassette, order), order)
        except InternalError:
            raise
        except CassetteError as error:
            refused.add(error.message)
        else:
            # What becomes the last but one for a while needs a line end.
            assert again.document.text.removesuffix("\n") == cassette.document.text.removesuffix("\n")
    assert refused == {
        "requests and responses stand in a list each",
        "interactions of a TOML file cannot be rearranged",
    }
