"""The table `check` of a configuration."""

import pytest

from cassette_cli import config
from cassette_cli.checks.settings import CheckSettings, Level
from cassette_cli.errors import CassetteError


def settings(text: str) -> CheckSettings:
    found = config.parse("/p/cassette.toml", text, frozenset())
    assert found is not None
    return found.check


def test_nothing_set() -> None:
    assert settings("") == CheckSettings(directory="/p")


def test_all_set() -> None:
    text = """
[check]
select = ["body-*", "secret-left"]
ignore = "body-large"
level = "note"
fail-on = "never"
playback-repeats = true
large-body = 200
[check.levels]
stream-missing = "error"
cookie-left = "off"
[check.per-file-ignores]
"tests/errors/*" = ["stream-*"]
"""
    assert settings(text) == CheckSettings(
        directory="/p",
        select=("body-*", "secret-left"),
        ignore=("body-large", "cookie-left"),
        levels={"stream-missing": Level.ERROR},
        level=Level.NOTE,
        fail_on=None,
        per_file_ignores={"tests/errors/*": ("stream-*",)},
        repeats=True,
        large=200,
    )


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("[check]\nselekt = []", 2, "did you mean select"),
        ("[check]\nselect = ['body-larg']", 2, "did you mean body-large"),
        ("[check]\nlevel = 'warn'", 2, "did you mean warning"),
        ("[check]\nfail-on = 'always'", 2, "has no 'always'"),
        ("[check]\nlarge-body = '1'", 2, "must be a number"),
        ("[check]\nplayback-repeats = 1", 2, "must be true or false"),
        ("[check.levels]\nbody-larg = 'error'", 2, "did you mean body-large"),
        ("[check.levels]\nbody-large = 'grave'", 2, "has no 'grave'"),
        ("[check.per-file-ignores]\n'a' = ['x-*']", 2, "no check is named 'x-*'"),
    ],
)
def test_what_is_wrong_is_named(text: str, line: int, message: str) -> None:
    with pytest.raises(CassetteError) as caught:
        settings(text)
    assert caught.value.where.line == line
    assert message in caught.value.message
