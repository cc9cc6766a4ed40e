"""YAML texts to try laws on: written by hand in every style, indentation and place, and dumped by PyYAML.

Those by hand are texts, not values: what libyaml reads in them is what the lenses have to read, and what it refuses is
no example.
"""

from typing import Any

import yaml
from hypothesis import strategies as st
from laws import NASTY_PIECES, PLAIN_PIECES, lines

# Where a scalar may stand (`@`), and the column of the collection around it.
PLACES = {
    -1: [
        "@", "--- @", "# c\n--- @\n...\n", "%YAML 1.1\n---\n@\n", "k: v\n--- @\n--- end\n", "[a, @, b]",
        "{k: @, z: end}", "{@: v}", "[@: v]",
    ],
    0: [
        "k: @", "k: @\nz: end\n", "😀: é\nk: @\n# c\nz: end\n", "k:\n  @\nz: end\n", "k: @ # c\nz: end\n", "- @",
        "- @\n- end\n", "k:\n- @\n- end\n", "k: &s\n- @\n", "!m\nk: @\n", "k: !t @\n", "k: &a @\n",
        "k: &a !!str @\nz: end\n", "k: !!binary @\nz: end\n", "k: &a\n  @\nz: end\n", "k: &a @\nz: *a\n",
        "k: ! @\nz: end\n", "@: v", "? @\n: v\n", "&a @: v\nz: end\n", "k: [@]\nz: end\n",
        "k: {a: [@, b], z: end}\nz: end\n", "k: [\n  a, @\n  ]\nz: end\n", "a: 1\n---\nk: @\n...\n---\nz: end\n",
    ],
    2: ["- - @\n  - end\n", "- k: @\n  z: end\n", "- @: v\n  z: end\n"],
    4: ["a:\n  b:\n    k: @\n  z: end\n", "k:\n    - @\n    - end\n", "-   k: @\n    z: end\n"],
}  # fmt: skip

ESCAPES = [
    "\\n", "\\\\", '\\"', "\\/", "\\t", "\\0", "\\x41", "\\xe9", "\\u00e9", "\\u2028", "\\U0001F600", "\\\t", "\\ ",
    "\\e", "\\_", "\\N", "\\L", "\\P", "\\uFEFF",
]  # fmt: skip

blanks = st.sampled_from(["", "", "", " ", "  "])
some_lines = st.one_of(
    lines, st.lists(st.sampled_from(PLAIN_PIECES + [" "] * 6 + NASTY_PIECES[4:12]), max_size=7).map("".join)
)


@st.composite
def plain(draw: st.DrawFn, parent: int) -> str:
    body = draw(st.lists(some_lines, min_size=1, max_size=4))
    return _below_each_other(draw, [line.strip() for line in body], parent)


@st.composite
def single(draw: st.DrawFn, parent: int) -> str:
    body = draw(st.lists(some_lines, min_size=1, max_size=5))
    return "'" + _below_each_other(draw, [line.replace("'", "''") for line in body], parent) + "'"


@st.composite
def double(draw: st.DrawFn, parent: int) -> str:
    piece = st.one_of(
        st.sampled_from(ESCAPES), some_lines.map(lambda line: line.replace("\\", "\\\\").replace('"', '\\"'))
    )
    *body, last = draw(st.lists(st.lists(piece, max_size=4).map("".join), min_size=1, max_size=5))
    continued = [line + draw(st.sampled_from(["", "", "\\"])) if line else line for line in body]
    return '"' + _below_each_other(draw, [*continued, last], parent) + '"'


def _below_each_other(draw: st.DrawFn, body: list[str], parent: int) -> str:
    """Further lines indented, with blanks at their ends now and then."""
    first, *rest = body
    margin = " " * (parent + draw(st.sampled_from([1, 1, 2, 3])))
    return "\n".join([first, *(margin + line + draw(blanks) if line else draw(blanks) for line in rest)])


@st.composite
def block(draw: st.DrawFn, parent: int) -> str:
    """A literal or folded scalar under any header."""
    extra = draw(st.sampled_from([1, 2, 2, 2, 4]))
    chomping, digit = draw(st.sampled_from(["", "-", "+"])), draw(st.sampled_from(["", "", str(extra)]))
    indicators = draw(st.sampled_from([chomping + digit, digit + chomping]))
    header = draw(st.sampled_from("|>")) + indicators + draw(st.sampled_from(["", "", " ", " # c"]))
    margin = " " * (max(parent, 0) + extra)
    body = draw(st.lists(some_lines, max_size=6))
    content = [margin + line if line else draw(st.sampled_from(["", "", margin])) for line in body]
    return "\n".join([header, *content, *[""] * draw(st.integers(0, 3))])


STYLES = {"plain": plain, "single-quoted": single, "double-quoted": double, "block": block}


@st.composite
def by_hand(draw: st.DrawFn) -> str:
    """A text with a scalar of some style in some place; now and then with CRLF, a byte order mark, an odd break."""
    parent = draw(st.sampled_from([-1, 0, 0, 2, 4]))
    before, after = draw(st.sampled_from(PLACES[parent])).split("@")
    style = draw(st.sampled_from(sorted(STYLES)))
    source = draw(STYLES[style](parent))
    if style == "block":
        after = after.removeprefix(" # c")
        after = after.removeprefix("\n") if source.endswith("\n") else after
    text = _with_odd_break(draw, before + source + after)
    if draw(st.integers(0, 3)) == 0:
        text = text.replace("\n", "\r\n")
    return "\ufeff" + text if draw(st.integers(0, 9)) == 0 else text


def _with_odd_break(draw: st.DrawFn, text: str) -> str:
    places = [place for place, char in enumerate(text) if char == "\n"]
    if not places or draw(st.integers(0, 9)):
        return text
    place = draw(st.sampled_from(places))
    return text[:place] + draw(st.sampled_from("\x85\u2028\u2029\r")) + text[place + 1 :]


@st.composite
def dumped(draw: st.DrawFn, text: st.SearchStrategy[str]) -> str:
    """A structure around a text, as PyYAML dumps it: any style, width, indentation, line break."""
    value = draw(text)
    around: list[Any] = [value, {"k": [{"a": value}, "end"]}, [value, {"z": "end"}], {value: "v", "z": "end"}]
    dump: str = yaml.dump(
        draw(st.sampled_from(around)),
        Dumper=draw(st.sampled_from([yaml.CSafeDumper, yaml.SafeDumper])),
        default_style=draw(st.sampled_from([None, "'", '"', "|", ">"])),
        default_flow_style=draw(st.sampled_from([False, False, True])),
        width=draw(st.sampled_from([10, 30, 80, 10_000])),
        indent=draw(st.sampled_from([2, 4, 7])),
        allow_unicode=draw(st.booleans()),
        line_break=draw(st.sampled_from(["\n", "\r\n"])),
    )
    return dump
