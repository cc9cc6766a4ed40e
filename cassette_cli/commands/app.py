"""What makes a subcommand one: an app of its own, and examples at the end of its help."""

import typer


def command_app() -> typer.Typer:
    """An app for one subcommand: its module puts `@app.command(epilog=examples(...))` on its function."""
    return typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


def examples(*lines: tuple[str, str]) -> str:
    """The end of a subcommand's help: command lines, and what each is for."""
    width = max(len(command) for command, _ in lines) + 2
    rows = [f"  {command:<{width}}{purpose}".rstrip() for command, purpose in lines]
    return "\n".join(["Examples:", "", "\b", *rows])
