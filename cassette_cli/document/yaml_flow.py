"""YAML's flow scalars: plain, single-quoted and double-quoted (YAML 1.1, chapter 9, as libyaml reads it).

Their line breaks fold: a single one is a space, n+1 of them are n newlines, and white space around them is nothing.
"""

import re
from collections.abc import Sequence

from cassette_cli.document.spelling import Atom, Writer, atoms_of
from cassette_cli.document.text import Span

# libyaml's line breaks (yaml_private.h, IS_BREAK_AT).
BREAKS = "\r\n\x85\u2028\u2029"
BREAK = rf"(?:\r\n|[{BREAKS}])"
BLANK = " \t" + BREAKS
# An anchor ends where libyaml says so, before a blank or one of some signs; other parsers take these signs for its own.
ANCHOR = rf"&(?:[0-9A-Za-z_-]++(?=[{BLANK}?:,\]}}%@`]|\Z)|[^{BLANK}]*+)"
# What may stand before a node's first character: tag and anchor, white space, comments.
PROPERTIES = re.compile(rf"(?:![^{BLANK}]*+|{ANCHOR}|[{BLANK}]++|#[^{BREAKS}]*+)*+")
ANY_BREAK = re.compile(BREAK)
LINE_END = re.compile(rf"[ \t]*+{BREAK}")


def _tokens(special: str, tokens: str) -> re.Pattern[str]:
    """A fold, one of `tokens`, or a stretch that stands for itself: no `special` in it, no blanks before a break."""
    return re.compile(rf"(?:[ \t]*+{BREAK})++[ \t]*+|{tokens}|[^{special}{BREAKS}]*[^{special}{BREAKS} \t]|[ \t]++")


PLAIN = _tokens("", "(?!)")
SINGLE = _tokens("'", "''?")
DOUBLE = _tokens(
    r'\\"',
    rf"\\{BREAK}(?:[ \t]*+{BREAK})*+[ \t]*+"
    r'|\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\[0abt\tnvfre "/\\N_LP]|[\\"]',
)

LETTERS = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
ESCAPES = {char: "\\" + letter for letter, char in LETTERS.items() if letter not in "\t /"}
MEANINGS = {"\\" + letter: char for letter, char in LETTERS.items()}

# Characters that only an escape can bring (YAML 1.1, section 5.1), and those that libyaml takes for line breaks.
NOT_PLAIN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
# What ends a plain scalar: the colon behind a key, a comment.
NO_PLAIN = re.compile(r":[ \t\r\n]|[ \t\r\n]#")
PRINTABLE_ESCAPE = re.compile(
    r"(?<!\\)(?:\\\\)*\\(?:x[a-fA-F][0-9a-fA-F]|u(?!00|202[89]|[fF][eE][fF][fF])[0-9a-fA-F]{4}|U)"
)


def plain_atoms(source: str) -> Sequence[Atom]:
    """The atoms of a plain scalar."""
    return atoms_of(PLAIN.findall(source), _unfolded)


def is_plain(source: str) -> bool:
    """Whether a text is a plain scalar wherever block collections allow one. (A few others are, in one place or
    another: the key in `:: value` is a colon.)"""
    if not source or source[0] in ",[]{}#&*!|>'\"%@` \t\r\n" or source[-1] in " \t\r\n:":
        return False
    if source[0] in "-?:" and source[1:2] in ("", " ", "\t", "\n", "\r"):
        return False
    return not NO_PLAIN.search(source) and not NOT_PLAIN.search(source.replace("\r", ""))


def single_atoms(source: str) -> Sequence[Atom]:
    """The atoms of a single-quoted scalar, quotes included in `source`."""
    return atoms_of(_between_quotes(source, SINGLE, "'"), _single_meaning, start=1)


def double_atoms(source: str) -> Sequence[Atom]:
    """The atoms of a double-quoted scalar, quotes included in `source`."""
    return atoms_of(_between_quotes(source, DOUBLE, '"\\'), _double_meaning, start=1)


def _between_quotes(source: str, pattern: re.Pattern[str], special: str) -> Sequence[str]:
    """The tokens between the quotes, which are the first of the `special` characters."""
    if len(source) < 2 or source[0] != special[0] or source[-1] != special[0]:
        raise ValueError("not in quotes")
    tokens: list[str] = pattern.findall(source, 1, len(source) - 1)
    if any(char in tokens for char in special):
        raise ValueError("a quote or a backslash stands alone")
    return tokens


def _unfolded(token: str) -> str:
    """What a stretch without escapes stands for: a line break that is the first of several for nothing, one that is
    alone for a space. (Unicode's separators stay in any case.)"""
    breaks = newlines(token) if token.isspace() else ""
    if breaks[:1] == "\n":
        return breaks[1:] or " "
    return breaks or token


def _single_meaning(token: str) -> str:
    return "'" if token == "''" else _unfolded(token)


def _double_meaning(token: str) -> str:
    if token in MEANINGS:
        return MEANINGS[token]
    if token[0] != "\\":
        return _unfolded(token)
    return newlines(token)[1:] if token[1] in BREAKS else chr(int(token[2:], 16))


def newlines(breaks: str) -> str:
    """Line breaks as libyaml normalises them; blanks between them are dropped."""
    return "".join(found[0] if found[0] in "\u2028\u2029" else "\n" for found in ANY_BREAK.finditer(breaks))


def folded_writer(newline: str, indent: str, *, quoted: bool, one_line: bool) -> Writer:
    """How text is written into a plain or single-quoted scalar: its newlines as the breaks that fold to them, with
    `indent` behind them.

    Writing raises ValueError for characters that only a double-quoted scalar can hold.
    """

    def write(text: str, span: Span) -> str:
        if NOT_PLAIN.search(text):
            raise ValueError("it needs an escape")
        if quoted:
            text = text.replace("'", "''")
        elif "\t" in text or (one_line and "\n" in text):
            # ruamel.yaml's own parser takes no tab in a plain scalar.
            raise ValueError("it needs quotes")
        return re.sub(r"\n+", lambda found: newline * (len(found[0]) + 1) + indent, text)

    return write


def double_writer(source: str) -> Writer:
    """How text is written into a double-quoted scalar: every character escaped that it cannot hold as it is, letters
    beyond ASCII only where the source escapes them, too.

    Writing raises ValueError for a lone surrogate.
    """
    escape_all = bool(PRINTABLE_ESCAPE.search(source))

    def write(text: str, span: Span) -> str:
        spelled = "".join(_escaped(char, escape_all) for char in text) if _needs_escape(text, escape_all) else text
        # Blanks at either end of a line would be lost.
        if spelled.startswith(" ") and _begins_line(source, span.start):
            spelled = "\\" + spelled
        if spelled.endswith(" ") and spelled != "\\ " and LINE_END.match(source, span.end):
            spelled = spelled[:-1] + "\\ "
        return spelled

    return write


def _begins_line(source: str, place: int) -> bool:
    """Whether only white space stands before a place of a source on its line, which is not the first one."""
    while place and source[place - 1] in " \t":
        place -= 1
    return place > 0 and source[place - 1] in BREAKS


def _needs_escape(text: str, escape_all: bool) -> bool:
    return bool(NOT_PLAIN.search(text) or re.search(r'["\\\n\t]', text) or (escape_all and not text.isascii()))


def _escaped(char: str, escape_all: bool) -> str:
    if char in ESCAPES and (char != "\xa0" or escape_all):
        return ESCAPES[char]
    if not NOT_PLAIN.match(char) and (char.isascii() or not escape_all):
        return char
    code = ord(char)
    if 0xD800 <= code <= 0xDFFF:
        raise ValueError("YAML has no spelling for a lone surrogate")
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
