"""Lines of settings in a file of TOML."""

import pytest

from cassette_cli.config.table import Route, Table, document, line_of
from cassette_cli.errors import CassetteError

TEXT = """# a comment
a = 1
"b c" = { d = 1 }
[t]
x.y = 2
[[t.list]]
k = 1
[[t.list]]
k = 2
[t.list.sub]
z = 3
"""


@pytest.mark.parametrize(
    ("route", "line"),
    [
        (("a",), 2),
        (("b c",), 3),
        (("b c", "d"), 3),
        (("t",), 4),
        (("t", "x", "y"), 5),
        (("t", "list", 0), 6),
        (("t", "list", 0, "k"), 7),
        (("t", "list", 1, "k"), 9),
        (("t", "list", 1, "sub", "z"), 11),
        (("t", "list", 1, "none"), 8),
        (("none",), None),
    ],
)
def test_the_line_of_an_entry(route: Route, line: int | None) -> None:
    assert line_of(TEXT, route) == line


def test_no_toml_says_line_and_column() -> None:
    with pytest.raises(CassetteError, match=r"^a\.toml:2:5: not TOML: "):
        document("a.toml", "a = 1\nb = \n")


def test_an_entry_of_another_type_is_named() -> None:
    table = document("a.toml", TEXT).table("t")
    assert table
    with pytest.raises(CassetteError, match=r"^a\.toml:5: t\.x must be a string, not a table"):
        table.string("x")


def test_what_is_not_there_is_none() -> None:
    table = Table.empty("a.toml")
    assert (table.string("a"), table.strings("a"), table.table("a"), list(table.tables("a"))) == (None, None, None, [])
