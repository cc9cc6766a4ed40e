"""The pictures of the documentation, made from real output.

    .venv/bin/python -m samples.pictures            the SVGs; tests hold them against what the commands print
    .venv/bin/python -m samples.pictures --pages    the PNGs of pages as well; Chromium must be there

An SVG of a terminal names no font that would have to be fetched, and follows the reader's dark or light.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html import escape
from itertools import chain
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs/pictures"
TOOLS = "samples/go_vcr/openai_chat_sse_add_multiply.yaml"
AGAIN = "samples/go_vcr/openai_chat_sse_add_multiply_again.yaml"


class Terminal(NamedTuple):
    """A picture of a command's output: where it runs, so that paths are as short as a reader's own."""

    name: str
    folder: str
    args: tuple[str, ...]
    columns: int


class Window(NamedTuple):
    """A picture of a page in a browser; `scheme` says in which colours."""

    name: str
    args: tuple[str, ...]
    size: tuple[int, int]
    scheme: str = "light"


TERMINALS = (
    Terminal("show.svg", ".", ("show", TOOLS), 84),
    Terminal("diff.svg", "samples/go_vcr", ("diff", Path(TOOLS).name, Path(AGAIN).name), 96),
)
WINDOWS = (
    Window("page.png", ("show", "--html", TOOLS), (1100, 880)),
    Window("page-dark.png", ("show", "--html", "samples/vcrpy/anthropic_sse_server_tools.yaml"), (1100, 900), "dark"),
    Window("page-diff.png", ("diff", "--html", TOOLS, AGAIN), (1100, 700)),
)

# Pixels of a character and of a row, and around them.
_WIDE, _HIGH, _MARGIN = 8.4, 19, 18
_CODE = re.compile("\x1b\\[([0-9;]*)m")
_STYLE = """
svg { font: 14px ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace }
text { fill: #24292f; white-space: pre } rect { fill: #f8f8f6; stroke: #dcdcd6 }
.p { fill: #2563a8; font-weight: 600 } .c1 { font-weight: 600 } .c2 { fill: #6a7178 } .c3 { font-style: italic }
.c9 { text-decoration: line-through }
.c31 { fill: #b0302a } .c32 { fill: #22734f } .c33 { fill: #92590c } .c34 { fill: #2563a8 }
.c35 { fill: #6f4fa3 } .c36 { fill: #1b6f7d }
@media (prefers-color-scheme: dark) {
text { fill: #dfe3e7 } rect { fill: #16191c; stroke: #30363d } .p { fill: #7fb3ea } .c2 { fill: #949ca4 }
.c31 { fill: #f08a80 } .c32 { fill: #74c79d } .c33 { fill: #dfac5c } .c34 { fill: #7fb3ea }
.c35 { fill: #b79be6 } .c36 { fill: #6cc0cf }
}
"""


def main(args: list[str]) -> None:
    """Write the pictures."""
    for terminal in TERMINALS:
        (PICTURES / terminal.name).write_text(picture_of(terminal), encoding="utf-8")
    for window in WINDOWS if "--pages" in args else ():
        _photograph(window)


def picture_of(terminal: Terminal) -> str:
    """What a terminal shows: the command and its output, as SVG."""
    environ = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "CASSETTE_TRACEBACK")}
    # As behind git's pager: output is for a terminal, of a width that the environment says.
    environ |= {"FORCE_COLOR": "1", "COLUMNS": str(terminal.columns), "GIT_PAGER_IN_USE": "1", "PYTHONUTF8": "1"}
    output = _run(terminal.args, ROOT / terminal.folder, environ).decode()
    return svg(f"cassette {' '.join(terminal.args)}", output, terminal.columns)


def svg(command: str, output: str, columns: int) -> str:
    """A command and its coloured output as SVG."""
    rows = [[("$ ", "p"), (command, "c1")], *(list(_pieces(row)) for row in output.rstrip("\n").split("\n"))]
    width, height = round(columns * _WIDE) + 2 * _MARGIN, len(rows) * _HIGH + 2 * _MARGIN
    texts = chain.from_iterable(_row(row, _MARGIN + (number + 0.75) * _HIGH) for number, row in enumerate(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-label="{escape(command)}">\n<style>{_STYLE}</style>\n'
        f'<rect x=".5" y=".5" width="{width - 1}" height="{height - 1}" rx="8"/>\n' + "".join(texts) + "</svg>\n"
    )


def _pieces(row: str) -> Iterator[tuple[str, str]]:
    """The pieces of a row with the classes of their codes."""
    pieces = _CODE.split(row)
    classes = ""
    for number, piece in enumerate(pieces):
        if number % 2:
            classes = " ".join(f"c{code}" for code in piece.split(";") if code not in ("", "0"))
        elif piece:
            yield piece, classes


def _row(pieces: list[tuple[str, str]], y: float) -> Iterator[str]:
    """Each piece at its own column, and as wide as its characters: no font can move what follows. All characters here
    are one column wide."""
    column = 0
    for text, classes in pieces:
        lead = len(text) - len(text.lstrip(" "))
        said = text.strip(" ")
        if said:
            place = f'x="{_MARGIN + (column + lead) * _WIDE:.1f}" y="{y:.1f}" textLength="{len(said) * _WIDE:.1f}"'
            class_ = f' class="{classes}"' if classes else ""
            yield f"<text {place}{class_}>{escape(said, quote=False)}</text>\n"
        column += len(text)


def _photograph(window: Window) -> None:
    """A page in Chromium, as PNG."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        text = _run(window.args, ROOT, dict(os.environ)).decode()
        page.write_text(text.replace('<html lang="en">', f'<html lang="en" class="{window.scheme}">'), encoding="utf-8")
        flags = [
            *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
        ]
        size = f"--window-size={window.size[0]},{window.size[1]}"
        shot = f"--screenshot={PICTURES / window.name}"
        command = ["chromium", *flags, f"--user-data-dir={folder}/profile", size, shot, page.as_uri()]
        subprocess.run(command, check=True, capture_output=True)


def _run(args: tuple[str, ...], folder: Path, environ: dict[str, str]) -> bytes:
    command = [sys.executable, "-m", "cassette_cli", *args]
    return subprocess.run(command, cwd=folder, env=environ, stdout=subprocess.PIPE, check=False).stdout


if __name__ == "__main__":
    main(sys.argv[1:])
