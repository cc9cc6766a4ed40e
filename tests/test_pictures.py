"""The pictures of the documentation are what the commands print, and need nothing from elsewhere."""

import re
from xml.etree import ElementTree

import pytest

from samples.pictures import PICTURES, TERMINALS, WINDOWS, Terminal, picture_of, svg


@pytest.mark.parametrize("terminal", TERMINALS, ids=lambda terminal: terminal.name)
def test_a_picture_is_what_the_command_prints(terminal: Terminal) -> None:
    """`python -m samples.pictures` makes it anew."""
    assert picture_of(terminal) == (PICTURES / terminal.name).read_text(encoding="utf-8")


@pytest.mark.parametrize("terminal", TERMINALS, ids=lambda terminal: terminal.name)
def test_a_picture_needs_nothing_from_elsewhere(terminal: Terminal) -> None:
    text = (PICTURES / terminal.name).read_text(encoding="utf-8")

    assert re.findall(r"https?://[^\s<\"]+", text.partition("</style>")[0]) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"url\(|@import|href|<image|<script", text)


def test_a_picture_says_what_the_output_says() -> None:
    made = svg("cassette x", "\x1b[1;34ma <b>\x1b[0m  c\n\n   \x1b[2md\x1b[0m\n", 20)
    texts = list(ElementTree.fromstring(made).iter("{http://www.w3.org/2000/svg}text"))

    assert [(text.text, text.get("class")) for text in texts] == [
        ("$", "p"),
        ("cassette x", "c1"),
        ("a <b>", "c1 c34"),
        ("c", None),
        ("d", "c2"),
    ]
    assert [text.get("x") for text in texts[2:]] == ["18.0", "76.8", "43.2"]


def test_all_pictures_are_there_and_small() -> None:
    names = {each.name for each in (*TERMINALS, *WINDOWS)}
    paths = {path.name: path for path in PICTURES.iterdir() if path.suffix in (".svg", ".png")}

    assert set(paths) == names
    assert all(path.stat().st_size < 120_000 for path in paths.values())
