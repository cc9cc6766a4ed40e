"""Comments for pull requests: nothing recorded gets out of its block, and no comment is too long for a forge."""

import re

import pytest
from handmade import made, prompt_of, said

from cassette_cli.comparison.changes import FileDiff
from cassette_cli.comparison.compare import compare
from cassette_cli.comparison.settings import Settings
from cassette_cli.conversation import Reply
from cassette_cli.errors import CassetteError, Where
from cassette_cli.render.diff.interaction import DiffView
from cassette_cli.render.diff.markdown import diff_markdown

# What GitHub takes for the body of a comment.
FORGE = 65_536


def differing(old: str, new: str, path: str = "a.yaml") -> FileDiff:
    one, other = (
        made(prompt=prompt_of(said("user", "hi")), reply=Reply(messages=(said("assistant", text),)))
        for text in (old, new)
    )
    return FileDiff(old=path, new=path, interactions=tuple(compare([one], [other], Settings())))


def comment(*found: FileDiff, errors: tuple[CassetteError, ...] = ()) -> str:
    return "".join(diff_markdown(found, errors, DiffView(full=True)))


def test_a_comment() -> None:
    assert comment(differing("The sum is 5.", "The sum is 6."), FileDiff(old="b", new="b")) == (
        "**Recordings: 1 wording, 1 identical**\n\n"
        "<details><summary><b>wording</b> <code>a.yaml</code> · 1 of 1 interaction · text</summary>\n\n"
        "```diff\n"
        " 0  POST https://api.example/v1/x  wording\n"
        "    reply\n"
        "      text\n"
        "        The sum is [-5-]{+6+}.\n"
        "```\n\n</details>\n"
    )


def test_what_came_and_went_bears_its_sign_first() -> None:
    rows = comment(differing("", "One.\nTwo.")).splitlines()

    assert [row for row in rows if row.startswith("+")] == ["+         One.", "+         Two."]


@pytest.mark.parametrize("hostile", ["```\n@everyone <img src=x>", "`````\n</details>", "~~~", "\x1b[2J"])
def test_recorded_text_stays_in_its_block(hostile: str) -> None:
    text = comment(differing("", hostile))

    fence = re.search(r"^(`{3,})diff\n", text, re.MULTILINE)
    assert fence is not None
    inside, _, after = text[fence.end() :].rpartition(f"\n{fence[1]}\n")
    assert after == "\n</details>\n"
    assert fence[1] not in inside
    assert "\x1b" not in text


def test_paths_are_escaped() -> None:
    text = comment(differing("a", "b", "<script>@all`#1|*x*"), errors=(CassetteError("<b>", Where("@me")),))

    assert "&#60;script&#62;&#64;all&#96;&#35;1&#124;&#42;x&#42;" in text
    assert "could not be read: <code>&#64;me: &#60;b&#62;</code>" in text
    assert "@" not in text.split("```")[0]


def test_nothing_to_compare_and_nothing_that_differs() -> None:
    assert comment() == "**Recordings: none to compare**\n\n"
    assert comment(FileDiff(old="a", new="a")) == "**Recordings: identical**\n\n"


def test_a_long_recording_is_cut() -> None:
    text = comment(differing("", "\n".join(f"line {number} 東京" for number in range(20_000))))

    assert len(text.encode()) < 30_000
    assert re.search(r"^… cut here, [\d,]+ more lines$", text, re.MULTILINE)
    assert text.endswith("```\n\n</details>\n")


def test_many_recordings_fit_into_a_comment_and_the_rest_is_counted() -> None:
    many = [differing("", "line\n" * 300, f"{number}.yaml") for number in range(100)]

    text = comment(*many)

    assert 40_000 < len(text.encode()) < FORGE
    told = re.search(r"^(\d+) more recordings did not fit: \1 wording\.$", text, re.MULTILINE)
    assert told is not None
    assert text.count("<details>") == text.count("</details>") == 100 - int(told[1])


def test_the_strongest_come_first() -> None:
    weak, strong = differing("a", "b", "weak.yaml"), FileDiff(old=None, new="strong.yaml")

    text = comment(weak, strong)

    assert text.index("strong.yaml") < text.index("weak.yaml")
