"""A text knows where it is, and makes its lens once."""

from cassette_cli.conversation import Layer
from cassette_cli.document.lens import Fixed, Source
from cassette_cli.redaction.text import Text, given, route_text


def test_a_route_as_it_is_shown() -> None:
    route = (Layer.JSON, "tools", 0, "headers", "X Y", Layer.BASE64)
    assert route_text(route) == ".$.tools[0].headers['X Y'].base64"


def test_the_lens_is_made_once_and_only_when_asked_for() -> None:
    made: list[Source] = []

    def make() -> Source:
        made.append(Source("abc"))
        return made[-1]

    text = Text("abc", make, "request.body")
    assert text.where == "request.body"
    assert made == []
    assert text.lens is text.lens is made[0]


def test_a_lens_that_reads_otherwise_takes_no_edits() -> None:
    assert isinstance(Text("abc", given(Source("abd")), "").lens, Fixed)
    assert isinstance(Text("abc", lambda: None, "").lens, Fixed)
