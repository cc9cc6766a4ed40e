"""What stands before a match decides, unless the rule says otherwise."""

from cassette_cli.redaction.rules import Rule


def test_what_may_stand_before() -> None:
    strict, loose = Rule("a", "ab"), Rule("a", "ab", loose=True)
    assert [bool(strict.compiled.match(f"{char}ab", 1)) for char in "x-_ "] == [False, False, False, True]
    assert [bool(loose.compiled.match(f"{char}ab", 1)) for char in "x-_ "] == [True, True, True, True]
