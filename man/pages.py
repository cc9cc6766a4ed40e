"""The manual pages of the commands: their help, as roff (https://man7.org/linux/man-pages/man7/groff_man.7.html).

All of it comes from where `--help` comes from, and none of it from how a release of typer lays help out.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import typer

from cassette_cli import __version__
from cassette_cli.cli import BROKEN_PIPE, COMMANDS, app, loaded

EXITS = [
    ("0", "Done; nothing was found; the same."),
    ("1", "Findings (redact --check, check), or differences (diff)."),
    ("2", "Wrong use, or a file that could not be read or written."),
    ("3", "A fault of cassette itself."),
    ("130", "Interrupted."),
    (str(BROKEN_PIPE), "The reader of the output has closed it."),
]
ENVIRONMENT = [
    ("NO_COLOR, FORCE_COLOR", "Output without colour, or in colour whatever it goes to; --color says it for one run."),
    (
        "CASSETTE_PAGER, PAGER",
        "What shows long output on a terminal, the first of both; cat and an empty text: nothing.",
    ),
    ("LESS", "Options of less, FRX unless it is set."),
    ("VISUAL, EDITOR", "What edit --editor opens."),
    ("CASSETTE_TRACEBACK", "With 1, a fault of cassette shows where it came from."),
]
FILES = [
    (
        "cassette.toml, pyproject.toml",
        "Settings of redact, check and trim, in the directory of a recording or above it.",
    )
]
# A line of an epilog that is a heading: "Examples:".
HEADING = re.compile(r"([A-Z][^\n]*):")


def pages() -> dict[str, str]:
    """All pages by their file names."""
    made = {"cassette.1": _joined(_root())}
    for each in COMMANDS:
        made[f"cassette-{each.name}.1"] = _joined(_page(each.name, each.summary, loaded(each.name)))
    return made


def _root() -> Iterator[str]:
    command = typer.main.get_command(app)
    yield from _head("cassette", "read, compare, redact and vary recorded HTTP")
    yield from _section("synopsis", "\\fBcassette\\fR [\\fIoption\\fR...] \\fIcommand\\fR [\\fIargument\\fR...]")
    yield from _section("description", *_paragraphs(command.help or ""))
    yield from _tagged("commands", [(f"cassette-{each.name}(1)", each.summary) for each in COMMANDS])
    yield from _tagged("options", _options(command))
    yield from _epilog(command.epilog or "")
    yield from _tagged("exit status", EXITS)
    yield from _tagged("environment", ENVIRONMENT)
    yield from _tagged("files", FILES)


def _page(name: str, summary: str, command: Any) -> Iterator[str]:
    yield from _head(f"cassette-{name}", summary[0].lower() + summary[1:].rstrip("."))
    yield from _section("synopsis", _usage(f"cassette {name}", command))
    yield from _section("description", *_paragraphs(command.help or ""))
    yield from _tagged("arguments", _arguments(command))
    for below in getattr(command, "commands", {}).values():
        yield from _section(f"cassette {name} {below.name}", *_paragraphs(below.help or ""), quoted=True)
        yield from _list([*_arguments(below), *_options(below)])
    yield from _tagged("options", _options(command))
    yield from _epilog(command.epilog or "")
    yield from _section("see also", "\\fBcassette\\fR(1), which has exit codes, variables and files.")


def _head(name: str, summary: str) -> Iterator[str]:
    yield f'.TH "{name.upper()}" "1" "" "cassette {__version__}" "User Commands"'
    yield ".SH NAME"
    yield f"{_escaped(name)} \\- {_escaped(summary)}"


def _usage(name: str, command: Any) -> str:
    rest = ["[\\fIoption\\fR...]", *(f"\\fI{_escaped(shown)}\\fR" for shown, _ in _arguments(command))]
    if hasattr(command, "commands"):
        rest.append("\\fIcommand\\fR [\\fIargument\\fR...]")
    return f"\\fB{_escaped(name)}\\fR {' '.join(rest)}"


def _arguments(command: Any) -> list[tuple[str, str]]:
    return [(_argument(param), param.help or "") for param in _params(command, "argument")]


def _argument(param: Any) -> str:
    if param.metavar:
        return str(param.metavar)
    shown = param.name.upper() + ("..." if param.nargs == -1 else "")
    return shown if param.required else f"[{shown}]"


def _options(command: Any) -> list[tuple[str, str]]:
    return [(_option(param), param.help or "") for param in _params(command, "option")]


def _option(param: Any) -> str:
    names = ", ".join(sorted([*param.opts, *param.secondary_opts], key=lambda name: name.startswith("--")))
    if param.is_flag or param.count:
        return names
    choices = getattr(param.type, "choices", None)
    return f"{names} {param.metavar or ('|'.join(map(str, choices)) if choices else param.type.name.upper())}"


def _params(command: Any, kind: str) -> list[Any]:
    return [each for each in command.params if each.param_type_name == kind and not getattr(each, "hidden", False)]


def _section(title: str, *texts: str, quoted: bool = False) -> Iterator[str]:
    yield f'.SH "{title}"' if quoted else f".SH {title.upper()}"
    for number, text in enumerate(texts):
        if number:
            yield ".PP"
        yield text


def _tagged(title: str, rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    if rows:
        yield f".SH {title.upper()}"
        yield from _list(rows)


def _list(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    for term, text in rows:
        yield ".TP"
        yield f"\\fB{_escaped(term)}\\fR"
        yield _escaped(" ".join(text.split())) or "\\&"


def _paragraphs(text: str) -> list[str]:
    return [_escaped(" ".join(part.split())) for part in text.split("\n\n")]


def _epilog(text: str) -> Iterator[str]:
    """Headings become sections, and what help prints as it stands is printed so here."""
    for part in filter(str.strip, text.split("\n\n")):
        heading = HEADING.fullmatch(part.strip())
        if heading:
            yield f".SH {_escaped(heading[1]).upper()}"
        elif part.lstrip("\n").startswith("\b"):
            yield from (".nf", *(_escaped(line) for line in part.strip("\n\b").splitlines()), ".fi")
        else:
            yield from (".PP", _escaped(" ".join(part.split())))


def _escaped(text: str) -> str:
    """A text without what means something to roff."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "\\`")
    text = "".join(each if each.isascii() else f"\\[u{ord(each):04X}]" for each in text)
    return f"\\&{text}" if text.startswith((".", "'")) else text


def _joined(lines: Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
