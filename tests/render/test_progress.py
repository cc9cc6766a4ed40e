"""The line of progress: late, seldom, and gone when something else is said."""

import io

import pytest

from cassette_cli.render.progress import CLEAR, Progress, may_show


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def said(seconds: list[float], *, shown: bool = True) -> list[str]:
    """What is written for steps at these times after the start."""
    stream, clock = io.StringIO(), Clock()
    progress = Progress(stream, shown=shown, clock=clock)
    for second in seconds:
        clock.now = 100.0 + second
        progress.step()
    progress.clear()
    progress.clear()
    return stream.getvalue().split(CLEAR)


def test_a_short_run_says_nothing() -> None:
    assert said([0.1, 0.5, 0.99]) == [""]


def test_a_long_run_says_how_far_it_is_and_cleans_up() -> None:
    assert said([0.5, 1.0, 1.05, 1.2]) == ["", "2 cassettes read …", "4 cassettes read …", ""]


def test_only_where_it_may_be_shown() -> None:
    assert said([5, 6, 7], shown=False) == [""]


ALLOWED = [
    (Terminal(), io.StringIO(), {}, False, True),
    (Terminal(), Terminal(), {}, False, False),
    (Terminal(), Terminal(), {}, True, True),
    (io.StringIO(), io.StringIO(), {}, True, False),
    (Terminal(), io.StringIO(), {"TERM": "dumb"}, True, False),
]


@pytest.mark.parametrize(("stderr", "stdout", "environ", "at_end", "allowed"), ALLOWED)
def test_who_is_disturbed(
    stderr: io.StringIO, stdout: io.StringIO, environ: dict[str, str], at_end: bool, allowed: bool
) -> None:
    assert may_show(stderr, stdout, environ, results_at_end=at_end) is allowed
