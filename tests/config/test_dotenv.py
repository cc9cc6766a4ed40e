"""Files of environment variables."""

import pytest

from cassette_cli.config.dotenv import dotenv


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("A=b", "b"),
        ("export A=b", "b"),
        ("  A = b  ", "b"),
        ("A=b # c", "b"),
        ("A=b#c", "b#c"),
        ("A='b # c' # d", "b # c"),
        ('A="b \\"c\\" \\n"', 'b "c" \n'),
        ("A='b\\n'", "b\\n"),
        ('A="b\nc"', "b\nc"),
        ("A=b=c==", "b=c=="),
        ("A=", ""),
        ("A=x\r", "x"),
        ("A=1\nA=2", "2"),
    ],
)
def test_a_variable(line: str, value: str) -> None:
    assert dotenv(f"# first\n{line}\nB=1\n") == {"A": value, "B": "1"}


def test_what_is_no_variable_is_passed_over() -> None:
    assert dotenv("\ufeff# A=1\n\nnothing here\nC=3") == {"C": "3"}
