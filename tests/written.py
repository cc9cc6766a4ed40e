"""Strategies for YAML texts written by hand: scalars of every style and indentation, in every place they may stand in.

They are texts, not values: what libyaml reads in them is what the lenses have to read, and what it refuses is no
example.
"""

from hypothesis import strategies as st

from laws import BREAKS_AND_CONTROLS, NASTY_PIECES, PLAIN_PIECES, lines

# Where `@` stands, a scalar is put; `^` is the column of the collection around it. Ends of file may lack a newline.
PLACES = {
    "@": -1, "--- @": -1, "# c\n--- @\n...\n": -1, "%YAML 1.1\n---\n@\n": -1, "k: v\n--- @\n--- end\n": -1,
    "k: @": 0, "k: @\nz: end\n": 0, "😀: é\nk: @\n# c\nz: end\n": 0, "k:\n  @\nz: end\n": 0, "k: @ # c\nz: end\n": 0,
    "a:\n  b:\n    k: @\n  z: end\n": 4, "- @": 0, "- @\n- end\n": 0, "k:\n- @\n- end\n": 0, "k:\n    - @\n    - end\n": 4,
    "- - @\n  - end\n": 2, "- k: @\n  z: end\n": 2, "-   k: @\n    z: end\n": 4, "k: &s\n- @\n": 0, "!m\nk: @\n": 0,
    "k: !t @\n": 0, "k: &a @\n": 0, "k: &a !!str @\nz: end\n": 0, "k: !!binary @\nz: end\n": 0, "k: &a\n  @\nz: end\n": 0,
    "k: &a @\nz: *a\n": 0, "k: ! @\nz: end\n": 0,
    "@: v": 0, "? @\n: v\n": 0, "- @: v\n  z: end\n": 2, "&a @: v\nz: end\n": 0,
    "[a, @, b]": -1, "k: [@]\nz: end\n": 0, "{k: @, z: end}": -1, "{@: v}": -1, "k: {a: [@, b], z: end}\nz: end\n": 0,
    "[@: v]": -1, "k: [\n  a, @\n  ]\nz: end\n": 0,
    "a: 1\n---\nk: @\n...\n---\nz: end\n": 0,
}  # fmt: skip

blanks = st.sampled_from(["", "", "", " ", "  "])
word_lines = st.lists(st.sampled_from(PLAIN_PIECES + [" "] * 6 + NASTY_PIECES[4:12]), max_size=7).map("".join)
some_lines = st.one_of(lines, word_lines)


@st.composite
def plain(draw: st.DrawFn, parent: int) -> str:
    body = draw(st.lists(some_lines, min_size=1, max_size=4))
    return broken(draw, [line.strip() for line in body], parent)


@st.composite
def single(draw: st.DrawFn, parent: int) -> str:
    body = draw(st.lists(some_lines, min_size=1, max_size=5))
    return "'" + broken(draw, [line.replace("'", "''") for line in body], parent) + "'"


@st.composite
def double(draw: st.DrawFn, parent: int) -> str:
    escapes = st.sampled_from(
        ["\\n", "\\\\", '\\"', "\\/", "\\t", "\\0", "\\x41", "\\xe9", "\\u00e9", "\\u2028", "\\U0001F600", "\\\t", "\\ ",
         "\\e", "\\_", "\\N", "\\L", "\\P", "\\uFEFF"]
    )  # fmt: skip
    piece = st.one_of(escapes, some_lines.map(lambda line: line.replace("\\", "\\\\").replace('"', '\\"')))
    body = draw(st.lists(st.lists(piece, max_size=4).map("".join), min_size=1, max_size=5))
    ends = [line + draw(st.sampled_from(["", "", "\\"])) if line else line for line in body[:-1]]
    return '"' + broken(draw, [*ends, body[-1]], parent) + '"'


def broken(draw: st.DrawFn, body: list[str], parent: int) -> str:
    """Lines below each other, further ones indented, blanks at their ends now and then."""
    first, *rest = body
    margin = " " * (max(parent, -1) + draw(st.sampled_from([1, 1, 2, 3])))
    return "\n".join([first, *(margin + line + draw(blanks) if line else draw(blanks) for line in rest)])


@st.composite
def block(draw: st.DrawFn, parent: int) -> str:
    """A literal or folded scalar with any header."""
    extra = draw(st.sampled_from([1, 2, 2, 2, 4]))
    chomping, digit = draw(st.sampled_from(["", "-", "+"])), draw(st.sampled_from(["", "", str(extra)]))
    indicators = draw(st.sampled_from([chomping + digit, digit + chomping]))
    header = draw(st.sampled_from("|>")) + indicators + draw(st.sampled_from(["", "", " ", " # c"]))
    margin = " " * (max(parent, 0) + extra)
    body = draw(st.lists(some_lines, max_size=6))
    content = [margin + line if line else draw(st.sampled_from(["", "", margin])) for line in body]
    return "\n".join([header, *content, *[""] * draw(st.integers(0, 3))])


odd_breaks = st.sampled_from(["\x85", "\u2028", "\u2029", "\r"])


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A YAML text with a scalar of some style in some place; with LF or CRLF, now and then a byte order mark."""
    place, parent = draw(st.sampled_from(list(PLACES.items())))
    style = draw(st.sampled_from([plain, single, double, block]))
    source = draw(style(parent))
    before, after = place.split("@")
    if style is block and after.startswith(" # c"):
        after = after[4:]
    if style is block and source.endswith("\n"):
        after = after.removeprefix("\n")
    text = before + source + after
    if draw(st.integers(0, 9)) == 0:
        breaks = [offset for offset, char in enumerate(text) if char == "\n"]
        if breaks:
            offset = draw(st.sampled_from(breaks))
            text = text[:offset] + draw(odd_breaks) + text[offset + 1 :]
    if draw(st.booleans()) and draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    return "\ufeff" + text if draw(st.integers(0, 9)) == 0 else text
