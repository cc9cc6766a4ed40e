"""A first look at a text: most texts hold nothing, and RE2 sees that in a tenth of the time that `re` takes, however
many patterns there are (docs/performance.md has the measurements).

RE2 has no lookaround (https://github.com/google/re2/wiki/Syntax), so it looks for more than is wanted: it says no only
where the exact search finds nothing, and where it says yes that search is made. Where google-re2 is not installed (the
extra `fast`; there are no wheels of it for musl) it always says yes.
"""

from functools import cached_property
from typing import Any

# What `\w` and `\s` of Python are in RE2, which knows them of ASCII alone; of all other characters it takes each.
WORD = r"(?:[\w.-]|[^\x00-\x7f])"
SPACE = r"(?:[\s\x0b\x1c-\x1f]|[^\x00-\x7f])"


class FirstLook:
    """Looks for a pattern of RE2's syntax, compiled when it is first used."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern

    def may_hold(self, text: str) -> bool:
        """Whether a text may hold it."""
        if self._compiled is None:
            return True
        try:
            data = text.encode()
        except UnicodeEncodeError:  # lone surrogates, which no RE2 text holds
            return True
        return self._compiled.search(data) is not None

    @cached_property
    def _compiled(self) -> Any:
        try:
            import re2
        except ImportError:
            return None
        options = re2.Options()
        options.log_errors = False
        try:
            return re2.compile(self._pattern, options)
        except re2.error:  # lookaround in a rule
            return None
