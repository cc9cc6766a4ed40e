"""The lists of names: each name once, spelled as it is looked up."""

import re

from cassette_cli.redaction import place_names


def test_each_name_once_in_its_spelling() -> None:
    for rows, spelling in ((place_names.HEADERS, r"[a-z0-9-]+"), (place_names.QUERY, r"[a-z0-9]+")):
        names = [name for _, held in rows for name in held]
        assert len(names) == len(set(names))
        assert [name for name in names if not re.fullmatch(spelling, name)] == []


def test_patterns_compile() -> None:
    assert all(re.compile(ends) for _, ends in place_names.FIELDS)
    assert all(re.compile(never) for never in place_names.NEVER)
