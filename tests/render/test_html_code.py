"""Lines as preformatted HTML."""

import pytest
from pages import Page

from cassette_cli.render.html.code import code
from cassette_cli.render.lines import BLANK, Line, Style, line


@pytest.mark.parametrize(
    ("lines", "markup"),
    [
        ([], ""),
        ([line(2, "a")], '<div class="code"><pre>  a</pre></div>'),
        ([line(0, "a  "), BLANK, line(0, "<b>")], '<div class="code"><pre>a\n\n&lt;b&gt;</pre></div>'),
        (
            [line(0, ("x", Style.NAME), (": ", Style.DIM), ("1", Style.OLD), ("2", Style.NEW))],
            '<div class="code"><pre><b>x</b><i>: </i><del>1</del><ins>2</ins></pre></div>',
        ),
        ([line(0, ("!", Style.CAREFUL))], '<div class="code"><pre><span class="careful">!</span></pre></div>'),
        # A line stays a line.
        ([line(0, "a\nb\r")], '<div class="code"><pre>a\\nb\\r</pre></div>'),
    ],
)
def test_lines(lines: list[Line], markup: str) -> None:
    assert code(lines) == markup


@pytest.mark.parametrize(("count", "folds"), [(3, 0), (8, 0), (9, 1), (100, 1)])
def test_the_end_of_many_lines_is_folded(count: int, folds: int) -> None:
    page = Page(code((line(0, f"line {number}") for number in range(count)), shown=4))

    assert page.elements.get("details", 0) == folds
    assert all(f"line {number}" in page.text for number in range(count))
    assert (f"… {count - 4} more lines" in page.text) is bool(folds)
