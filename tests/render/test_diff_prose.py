"""Two texts as one: what is left out of long ones, and what stands one after the other."""

import pytest
from handmade import PLAIN, text_of

from cassette_cli.render.console import Policy
from cassette_cli.render.diff.prose import prose_lines

LONG = " ".join(f"word{number}" for number in range(60))


def shown(old: str, new: str, how: Policy = PLAIN, *, full: bool = False) -> str:
    return text_of(prose_lines(old, new, 0, full=full), how)


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("The sum is 5.", "The sum is 6.", ["The sum is [-5-]{+6+}."]),
        ("", "New.\nText.", ["+ New.", "+ Text."]),
        ("Old.", "", ["- Old."]),
        ("", "\n", ["+ ⏎"]),
        (" Hi", "Hi", ["[-·-]Hi"]),
        ("a\nb", "a\n\nb", ["a", "{+⏎+}", "b"]),
        ("a\r\nb c", "a\nb d", ["a", "b [-c-]{+d+}"]),
        (
            "1\n2\n3\n4\n5\n6\n7 x\n8\n9",
            "1\n2\n3\n4\n5\n6\n7 y\n8\n9",
            ["…", "6", "7 [-x-]{+y+}", "8"],
        ),
        (
            "\n".join(["one thing that was said in the beginning", "and another"]),
            "\n".join(["nothing like it stands here any longer now", "at all"]),
            [
                "- one thing that was said in the beginning",
                "- and another",
                "+ nothing like it stands here any longer now",
                "+ at all",
            ],
        ),
    ],
)
def test_texts(old: str, new: str, lines: list[str]) -> None:
    assert shown(old, new).splitlines() == lines


def test_long_lines_are_shown_around_their_changes() -> None:
    text = shown(LONG, LONG.replace("word30", "changed"))

    assert text == (
        " … word21 word22 word23 word24 word25 word26 word27 word28 word29 [-word30-]{+changed+} word31 word32"
        " word33 word34 word35 word36 word37 word38 word39 … \n".rstrip(" \n")
        + "\n"
    )


def test_full_texts_are_whole() -> None:
    text = shown(LONG, LONG.replace("word30", "changed"), full=True)

    assert text == LONG.replace("word30", "[-word30-]{+changed+}") + "\n"


def test_long_texts_that_came_are_capped() -> None:
    text = "\n".join(map(str, range(100)))

    assert shown("", text).splitlines()[-1] == "… 76 more lines (--full shows them)"
    assert len(shown("", text, full=True).splitlines()) == 100


def test_colour_takes_the_place_of_the_signs() -> None:
    assert shown("a b", "a c", Policy(colour=True)) == "a \x1b[31;9mb\x1b[0m\x1b[32;1mc\x1b[0m\n"
