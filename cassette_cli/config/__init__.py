"""What a project sets for its recordings: `cassette.toml`, or `[tool.cassette]` in pyproject.toml."""

from cassette_cli.config.redact import Allow, NameRule, Redact, TextRule
from cassette_cli.config.values import dotenv

__all__ = ["Allow", "NameRule", "Redact", "TextRule", "dotenv", "parse"]

from cassette_cli.config.table import Table, document

CASSETTE_TOML = "cassette.toml"
PYPROJECT = "pyproject.toml"
# Where a configuration is looked for in a directory; the first that is one counts.
NAMES = (CASSETTE_TOML, PYPROJECT)


def parse(path: str, text: str, rules: frozenset[str]) -> Redact | None:
    """The settings in a file of TOML; None for a pyproject.toml that has none. `rules` are the names of known rules.

    Raises CassetteError with path and line where they are no TOML, or not what they should be.
    """
    whole = document(path, text)
    if path.endswith(PYPROJECT):
        tool = whole.table("tool")
        if tool is None or "cassette" not in tool.names:
            return None
        whole = tool.table("cassette") or tool
    whole.only("redact")
    return Redact.of(whole.table("redact") or Table.empty(path), rules)
