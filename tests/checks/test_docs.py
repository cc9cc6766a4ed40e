"""docs/checks.md explains each check, with the level that it has."""

import re
from pathlib import Path

from cassette_cli.anomalies import Code
from cassette_cli.checks.registry import CHECKS

PAGE = (Path(__file__).parents[2] / "docs" / "checks.md").read_text(encoding="utf-8")
SECTION = re.compile(r"^### `(?P<code>.+)`\n\*(?P<level>\w+)[^*]*\*(?P<text>(?:(?!^#).*\n)*)", re.MULTILINE)
ROW = re.compile(r"^\| (error|warning|note) \| (.*) \|$", re.MULTILINE)
ANOMALIES = {code.value for code in Code}


def test_each_check_has_a_section() -> None:
    sections = {found["code"]: found["level"] for found in SECTION.finditer(PAGE)}
    assert sections == {code: check.level.value for code, check in CHECKS.items() if code not in ANOMALIES}


def test_each_section_says_something() -> None:
    assert [found["code"] for found in SECTION.finditer(PAGE) if len(found["text"].split()) < 6] == []


def test_each_anomaly_has_its_level() -> None:
    rows = {code: level for level, codes in ROW.findall(PAGE) for code in re.findall(r"`([^`]+)`", codes)}
    assert rows == {code: CHECKS[code].level.value for code in ANOMALIES}


def test_what_fix_mends_is_said() -> None:
    mended = {found["code"] for found in SECTION.finditer(PAGE) if "mended by `--fix`" in found[0]}
    assert mended == {
        *("content-length-wrong", "content-encoding-wrong", "body-compressed", "body-base64", "header-volatile"),
    }
