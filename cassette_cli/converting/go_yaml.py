"""Writes YAML as Go's yaml package does with its defaults of version 3, which go-vcr encodes with:
https://github.com/yaml/go-yaml/tree/v4.0.0-rc.6/internal/libyaml (representer.go, desolver.go, emitter.go).

    version: 2
    interactions:
        - id: 0
          request:
            headers:
                Accept:
                    - '*/*'

Four columns per level, two after a dash; lines are never folded. What holds a line break is a literal block, what
would not be a string is in double quotes, what cannot be plain in single ones.
"""

import base64
import re
from datetime import date
from math import isfinite
from typing import Any

INDENT = 4
# encodeBase64 in resolver.go.
BASE64_LINE = 70

# resolver.go: words with a meaning, and what of YAML 1.1 is quoted still.
WORDS = frozenset(
    {"", "~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE", "<<", "-0", "-0.0"}
    | {f"{sign}.{word}" for sign in ("", "+", "-") for word in ("inf", "Inf", "INF")}
    | {".nan", ".NaN", ".NAN"}
)
OLD_BOOLEANS = frozenset(
    ["y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "n", "N", "no", "No", "NO", "off", "Off", "OFF"],
)
BASE_60 = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?")
INTEGER = re.compile(r"[-+]?0(?:[xX][0-9a-fA-F]+|[bB][01]+|[oO][0-7]+)")
FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
MOMENT = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(?:Z|[-+]\d\d:\d\d)| (\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?)?",
    re.ASCII,
)
# Numbers in other bases have to fit into so much.
MOST = 2**64
# Longer keys stand behind a question mark (checkSimpleKey).
LONGEST_KEY = 128

# emitter.go, analyzeScalar: what a plain text in a block may not hold; breaks are those of YAML 1.1.
BREAKS = "\r\n\x85\u2028\u2029"
FIRST = re.compile(r"---|\.\.\.|[#,\[\]{}&*!|>'\"%@`]|[?:-](?:[ \t]|\Z)")
WITHIN = re.compile(r":(?:[ \t]|\Z)|[ \t\0" + BREAKS + "]#")
BREAK = re.compile(f"[{BREAKS}]")
BLANK_AFTER_BREAK = re.compile(f"[{BREAKS}]+[ \\t]|\\t")
# scanner.go, isPrintable: nothing beyond the first plane is.
UNPRINTABLE = re.compile(r"[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]")
TO_ESCAPE = re.compile(r"[\"\\\t\n\u2028\u2029]|" + UNPRINTABLE.pattern)
ESCAPES = {
    "\0": "0",
    "\a": "a",
    "\b": "b",
    "\t": "t",
    "\n": "n",
    "\v": "v",
    "\f": "f",
    "\r": "r",
    "\x1b": "e",
    '"': '"',
    "\\": "\\",
    "\x85": "N",
    "\u2028": "L",
    "\u2029": "P",
}


def dump(value: dict[str, Any]) -> str:
    """The text of a document of mappings, lists, texts, whole numbers, and bytes for texts that are no UTF-8."""
    return "".join(_lines(value, 0, ""))


def _lines(value: dict[str, Any], indent: int, first: str) -> list[str]:
    """The lines of a mapping; `first` stands before its first key in the place of an indent."""
    found = []
    before = first or " " * indent
    for key, each in value.items():
        found.append(before + _entry(key, each, indent))
        before = " " * indent
    return found


def _entry(key: str, value: Any, indent: int) -> str:
    within = _next(indent)
    after = _value(value, indent, within)
    if len(key.encode()) <= LONGEST_KEY and not BREAK.search(key):
        return _text(key, within, in_key=True)[1:-1] + ":" + after
    # A list begins beside its colon.
    return f"?{_text(key, within)}{' ' * indent}:" + after.removeprefix("\n" + " " * (indent + 1))


def _next(indent: int) -> int:
    """increaseIndent: the next multiple of four."""
    return INDENT * ((indent + INDENT) // INDENT)


def _value(value: Any, indent: int, within: int) -> str:
    """What stands after a colon or a dash, its line break included. `within` is where what belongs to it begins."""
    match value:
        case dict() if value:
            return "\n" + "".join(_lines(value, within, ""))
        case list() if value:
            return "\n" + "".join(_item(each, within) for each in value)
        case dict():
            return " {}\n"
        case list():
            return " []\n"
        case int():
            return f" {value}\n"
        case bytes():
            return _binary(value, within)
        case _:
            return _text(value, within)


def _item(value: Any, indent: int) -> str:
    if isinstance(value, dict) and value:
        return "".join(_lines(value, indent + 2, " " * indent + "- "))
    return " " * indent + "-" + _value(value, indent, indent + 2)


def _binary(data: bytes, indent: int) -> str:
    digits = base64.b64encode(data).decode()
    if len(digits) < BASE64_LINE:
        return f" !!binary {digits}\n"
    rows = [digits[start : start + BASE64_LINE] + "\n" for start in range(0, len(digits), BASE64_LINE)]
    return " !!binary |\n" + "".join(" " * indent + row for row in rows)


def _text(text: str, indent: int, *, in_key: bool = False) -> str:
    """A text in the style that Go chooses for it (stringv, desolveScalar, selectScalarStyle)."""
    broken = "\n" in text
    if broken and not in_key and text.strip() and not _no_block(text, indent):
        return _literal(text, indent)
    if broken or UNPRINTABLE.search(text):
        return f' "{_escaped(text)}"\n'
    if BASE_60.fullmatch(text) or text in OLD_BOOLEANS or text == "<<":
        return _single(text, indent)
    if _means_something(text):
        return f' "{_escaped(text)}"\n'
    spaced = text[0] in " " + BREAKS or text[-1] in " " + BREAKS
    if spaced or "\t" in text or FIRST.match(text) or WITHIN.search(text) or BREAK.search(text):
        return _single(text, indent)
    return f" {text}\n"


def _no_block(text: str, indent: int) -> bool:
    # Go gives no hint of the indent, or in lists a wrong one, and reads something else than it wrote, or nothing.
    if BLANK_AFTER_BREAK.match(text) or (text[0] == " " and indent % INDENT):
        return True
    return text.endswith(" ") or bool(re.search(f" [{BREAKS}]", text)) or bool(UNPRINTABLE.search(text))


def _single(text: str, indent: int) -> str:
    """In single quotes, where these can be."""
    if "\t" in text or re.search(f"[{BREAKS}] | [{BREAKS}]", text):
        return f' "{_escaped(text)}"\n'
    after = re.sub(f"([{BREAKS}])(?=[^{BREAKS}])", r"\1" + " " * indent, text.replace("'", "''"))
    return f" '{after}'\n"


def _literal(text: str, indent: int) -> str:
    hint = str(INDENT) if text[0] == " " else ""
    last, before = text[-1], text[-2]
    chomp = "-" if last not in BREAKS else "+" if before in BREAKS else ""
    margin = " " * indent
    body = re.sub(f"(^|[{BREAKS}])(?=[^{BREAKS}])", lambda found: found[0] + margin, text)
    return f" |{hint}{chomp}\n{body}" + ("\n" if chomp == "-" else "")


def _escaped(text: str) -> str:
    # isBOM in scanner.go looks at the beginning of the text, wherever it stands: all of it is escaped then.
    if text.startswith("\ufeff"):
        return "".join(map(_escape, text))
    return TO_ESCAPE.sub(lambda found: _escape(found[0]), text)


def _escape(char: str) -> str:
    code = ord(char)
    width = "x02" if code <= 0xFF else "u04" if code <= 0xFFFF else "U08"
    return "\\" + (ESCAPES.get(char) or f"{width[0]}{code:{width[1:]}X}")


def _means_something(text: str) -> bool:
    """Whether a plain text would not be a string (resolve in resolver.go)."""
    if text in WORDS:
        return True
    if text[0] == ".":
        return bool(FLOAT.fullmatch(text))
    if text[0] not in "+-0123456789":
        return False
    return _is_moment(text) or _is_number(text.replace("_", ""))


def _is_number(text: str) -> bool:
    if FLOAT.fullmatch(text):
        return isfinite(float(text))
    return bool(INTEGER.fullmatch(text)) and abs(int(text, 0)) < MOST


def _is_moment(text: str) -> bool:
    found = MOMENT.fullmatch(text)
    if found is None:
        return False
    year, month, day, *clock = (int(each) if each else 0 for each in found.groups())
    hour, minute, second = (max(pair) for pair in zip(clock[:3], clock[3:], strict=True))
    try:
        date(max(year, 4), month, day)
    except ValueError:
        return False
    return hour < 24 and minute < 60 and second < 60
