"""The command line: the root command, the list of subcommands, and the one place where errors become exit codes.

A subcommand is imported when it is called, because what it needs (YAML, protocols, colours) costs more time than many
runs take. Until then a stub with its name and summary stands for it, in help, in completion and for "did you mean".
"""

import gc
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperGroup

from cassette_cli import __version__
from cassette_cli.commands.terminal import Colour, NoPager, When, with_options
from cassette_cli.errors import CassetteError, ExitCode, InternalError

# A process that SIGPIPE ends is 128 + 13 to a shell: what `cat` and `grep` give, and none of our own codes.
BROKEN_PIPE = 141

# Set by a shell that wants something completed.
COMPLETION = "_CASSETTE_COMPLETE"

EXAMPLES = """Examples:

\b
  cassette ls tests/                      what is in these recordings
  cassette show tests/multi_tool.yaml     what was said in this one
  cassette COMMAND --help                 options and examples of a command
"""


class Subcommand(NamedTuple):
    """A module of `commands`, the first line of its help, and whether a pager shows what it prints."""

    name: str
    summary: str
    paged: bool = False


COMMANDS: list[Subcommand] = [
    Subcommand("show", "Show what was said in recordings.", paged=True),
    Subcommand("ls", "List the interactions of recordings, one line each.", paged=True),
    Subcommand("diff", "Show what changed for real between recordings.", paged=True),
    Subcommand("redact", "Put placeholders in the place of the secrets in recordings."),
    Subcommand("check", "Say what is wrong with recordings, and mend it.", paged=True),
    Subcommand("trim", "Drop headers that nobody reads from recordings."),
    Subcommand("git", "Let git show, compare and merge recordings by what they say."),
    Subcommand("edit", "Change what a recording says."),
    Subcommand("rechunk", "Cut the texts of streamed replies into other pieces."),
    Subcommand("convert", "Write recordings as the files of another recorder."),
    Subcommand("rules", "List what redact looks for.", paged=True),
    Subcommand("explain", "Explain a code that another command has printed.", paged=True),
    Subcommand("completion", "Print a script that completes commands in a shell."),
    Subcommand("schema", "Print the JSON Schema of a JSON output."),
]


class Root(TyperGroup):
    """The root command: it puts the real subcommand in the place of its stub when one is called."""

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        """As click's; `help show` is `show --help`, as with git."""
        return super().parse_args(ctx, [*args[1:], "--help"] if args[:1] == ["help"] else args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """As click's; `Any`, because the classes have no name that all releases of typer export."""
        name, stub, rest = super().resolve_command(ctx, args)
        return name, stub and loaded(str(name)), rest

    def invoke(self, ctx: Any) -> Any:
        """Run the subcommand. Nobody reads the rest of a closed pipe, so that is no error to speak of; files turn
        their own errors into messages, so any other of the system's is the output's: a full disk."""
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except BrokenPipeError:
            _give_up_output()
            raise typer.Exit(BROKEN_PIPE) from None
        except OSError as error:
            _give_up_output()
            raise CassetteError(f"the output cannot be written: {error.strerror or error}") from None


def _give_up_output() -> None:
    """The interpreter flushes standard output once more at its end, and would complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def loaded(name: str) -> Any:
    """The click command of a subcommand, its module imported."""
    module = import_module(f"cassette_cli.commands.{name.replace('-', '_')}")
    paged = any(command.name == name and command.paged for command in COMMANDS)
    command = with_options(typer.main.get_command(module.app), paged=paged)
    if COMPLETION in os.environ:
        from cassette_cli.commands.completing import with_completions

        return with_completions(name, command)
    return command


app = typer.Typer(
    name="cassette",
    cls=Root,
    help="Read, compare, redact and vary recorded HTTP, above all recorded LLM calls.",
    epilog=EXAMPLES,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    # `cassette completion` is the way to it.
    add_completion=False,
    # Plain help costs no import of rich.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def stub() -> None:
    """Stands for a subcommand that is not imported; never called."""


for _command in COMMANDS:
    app.command(_command.name, help=_command.summary)(stub)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"cassette {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=_print_version, is_eager=True)
    ] = False,
    color: Colour = When.AUTO,
    no_pager: NoPager = False,
) -> None:
    """Every run passes here before its subcommand."""


def main() -> None:
    """The console script: run the command line of this process and end with its exit code."""
    # Trees of nodes have no cycles, and there are many of them: to look for some as often as usual takes a tenth of
    # the time of a run over many files.
    gc.set_threshold(100_000, 50, 100)
    sys.exit(run(sys.argv[1:]))


def run(args: Sequence[str]) -> int:
    """Run a command line and return its exit code. Every error ends here, as one line on standard error."""
    _open_closed_streams()
    _accept_any_text()
    if COMPLETION in os.environ:
        # Typer knows the shells only once this was called.
        import_module("typer.completion").completion_init()
    try:
        typer.main.get_command(app).main(list(args), prog_name="cassette")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else ExitCode.OK
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except InternalError as error:
        return _report_bug(str(error))
    except CassetteError as error:
        _say(error)
        return ExitCode.USAGE
    except Exception as error:
        return _report_bug(f"{type(error).__name__} at {_place(error)}")
    return ExitCode.OK


def _open_closed_streams() -> None:
    """A process may be started with a standard stream closed (`>&-`); Python has None in its place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def _accept_any_text() -> None:
    """Recordings hold lone surrogates, and locales exist that know no character of them: write escapes instead."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _say(error: CassetteError) -> None:
    from cassette_cli.render.report import report

    report(error)


def _report_bug(what: str) -> int:
    """Name a fault of ours. The text of an exception may hold what was recorded, so its kind and place must do."""
    _say(CassetteError(f"this is a bug in cassette: {what} (CASSETTE_TRACEBACK=1 shows where it came from)"))
    if os.environ.get("CASSETTE_TRACEBACK") == "1":
        import traceback

        traceback.print_exc()
    return ExitCode.BUG


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else "an unknown place"
