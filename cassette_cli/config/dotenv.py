"""Files of environment variables, as development tools read them before they start a program.

    # comment
    export OPENAI_API_KEY="..."
    PASSWORD='with spaces and # signs'
    PORT=8080  # comment

There is no specification; this is what the readers of Ruby, Node and Python agree on
(https://github.com/bkeepers/dotenv, https://github.com/motdotla/dotenv, https://github.com/theskumar/python-dotenv).
"""

import re

LINE = re.compile(
    r"""^[ \t]*(?:export[ \t]+)?(?P<name>[\w.-]+)[ \t]*=[ \t]*
    (?:'(?P<single>[^']*)'|"(?P<double>(?:[^"\\]|\\.)*)"|(?P<plain>[^\r\n]*?))
    [ \t]*(?:(?:(?<=\s)|(?<=['"]))\#.*)?\r?$""",
    re.MULTILINE | re.VERBOSE,
)
ESCAPE = re.compile(r"\\(.)", re.DOTALL)
MEANT = {"n": "\n", "r": "\r", "t": "\t"}


def dotenv(text: str) -> dict[str, str]:
    """The variables that a file sets, by name; the last of several with one name counts."""
    return {found["name"]: _value(found) for found in LINE.finditer(text.removeprefix("\ufeff"))}


def _value(found: re.Match[str]) -> str:
    if found["double"] is not None:
        return ESCAPE.sub(lambda escape: MEANT.get(escape[1], escape[1]), found["double"])
    return found["single"] if found["single"] is not None else found["plain"]
