"""The table `trim` of a configuration."""

import pytest

from cassette_cli import config
from cassette_cli.errors import CassetteError
from cassette_cli.header_classes import VOLATILE, HeaderClass, TrimSettings


def settings(text: str) -> TrimSettings:
    found = config.parse("cassette.toml", text, frozenset())
    assert found is not None
    return found.trim


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", TrimSettings()),
        ("[trim]\nclasses = 'all'", TrimSettings(classes=frozenset(), everything=True)),
        ("[trim]\nclasses = ['volatile', 'cdn']", TrimSettings(classes=VOLATILE | {HeaderClass.CDN})),
        ("[trim]\ndrop = ['X-A*']\nkeep = 'Date'", TrimSettings(drop=("x-a*",), keep=("date",))),
    ],
)
def test_settings(text: str, expected: TrimSettings) -> None:
    assert settings(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [("[trim]\nclasses = ['cnd']", "did you mean cdn"), ("[trim]\nclass = 'cdn'", "did you mean classes")],
)
def test_what_is_wrong_is_named(text: str, message: str) -> None:
    with pytest.raises(CassetteError, match=message) as caught:
        settings(text)
    assert caught.value.where.line == 2
