"""Each code has its page, and the page no other."""

import re
from pathlib import Path

from cassette_cli.anomalies import Code

PAGE = Path(__file__).parents[1] / "docs" / "anomalies.md"


def test_each_code_is_explained_in_the_order_of_the_source() -> None:
    assert re.findall(r"^### `(.+)`$", PAGE.read_text(encoding="utf-8"), re.MULTILINE) == [code.value for code in Code]


def test_each_explanation_says_something() -> None:
    for entry in re.split(r"^### ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        assert len(entry.partition("\n")[2].split()) > 8, entry
