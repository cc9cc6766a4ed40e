"""How errors read on standard error."""

import pytest

from cassette_cli.errors import CassetteError, Where
from cassette_cli.render.report import report

SAID = [
    (CassetteError("no", Where("a.yaml", 3, 7)), "a.yaml:3:7: no\n"),
    (CassetteError("no", Where("a.yaml")), "a.yaml: no\n"),
    (CassetteError("no", Where("-", 3)), "<stdin>:3: no\n"),
    (CassetteError("no"), "cassette: no\n"),
    (CassetteError("two\nlines \x1b[2J"), "cassette: two\\nlines \\x1b[2J\n"),
]


@pytest.mark.parametrize(("error", "line"), SAID, ids=[line.strip() for _, line in SAID])
def test_one_line_on_stderr(error: CassetteError, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    report(error)
    assert capsys.readouterr() == ("", line)
