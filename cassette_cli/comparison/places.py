"""Logical places as text, `reply.messages[0].tool_calls[1].arguments.b`, and patterns of them."""

import json
import re

_PLAIN_KEY = re.compile(r"[A-Za-z_][\w-]*")
# A step of a pattern that stands for any: one key or index, or any number of them.
_WILD = re.compile(r"\[\*\]|\.\*\*|\.\*|\*\*|\*")
_STEP = r"(?:\.[A-Za-z_$][\w-]*|\[\d+\]|\[\"(?:[^\"\\]|\\.)*\"\])"
_MEANING = {
    "[*]": r"\[(?:\d+|\"(?:[^\"\\]|\\.)*\")\]",
    ".*": _STEP,
    ".**": f"{_STEP}*",
    "**": f"[A-Za-z_]*{_STEP}*",
    "*": r"[\w-]*",
}


def step(where: str, key: str | int) -> str:
    """The place one key or index further: `a`, `a.b`, `a[0]`, `a["b c"]`."""
    if isinstance(key, int):
        return f"{where}[{key}]"
    if _PLAIN_KEY.fullmatch(key):
        return f"{where}.{key}" if where else key
    return f"{where}[{json.dumps(key, ensure_ascii=False)}]"


def pattern(text: str) -> re.Pattern[str]:
    """What `--ignore-path` means: a place and all below it. `[*]` and `.*` are any one step, `**` any number, and a `*`
    within a name any letters of it."""
    pieces, done = [], 0
    for wild in _WILD.finditer(text):
        pieces += [re.escape(text[done : wild.start()]), _MEANING[wild[0]]]
        done = wild.end()
    pieces.append(re.escape(text[done:]))
    return re.compile(f"{''.join(pieces)}(?:[.\\[].*)?", re.DOTALL)
