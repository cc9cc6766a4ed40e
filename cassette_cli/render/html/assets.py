"""What a page holds beside what it shows."""

from typing import NamedTuple


class Assets(NamedTuple):
    """The text of a page's style sheet and of its script."""

    style: str
    script: str
