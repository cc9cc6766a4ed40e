"""One line for each recording."""

import pytest
from handmade import made, text_of

from cassette_cli.comparison.changes import Change, FileDiff, InteractionDiff, Part, Verdict
from cassette_cli.render.diff.stat import stat_line

TEXT = Change(where="reply.messages[0].text", part=Part.TEXT, verdict=Verdict.WORDING, old="a", new="b")
CAME, WENT = InteractionDiff(old=None, new=made()), InteractionDiff(old=made(), new=None)
CHANGED = InteractionDiff(old=made(), new=made(), changes=(TEXT, TEXT))


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        (FileDiff(old="a", new="a", interactions=(CHANGED,)), "wording    a  1 changed: text 2\n"),
        (
            FileDiff(old="a", new="b", interactions=(CHANGED, CAME, WENT)),
            "behaviour  a → b  1 changed, 1 added, 1 removed: text 2\n",
        ),
        (FileDiff(old=None, new="b", interactions=(CAME,)), "behaviour  b  1 added\n"),
    ],
)
def test_lines(found: FileDiff, shown: str) -> None:
    assert text_of([stat_line(found)]) == shown
