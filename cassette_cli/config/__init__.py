"""What a project sets for its recordings: `cassette.toml`, or `[tool.cassette]` in pyproject.toml."""

from cassette_cli.config.redact import settings
from cassette_cli.config.table import Table, document
from cassette_cli.redaction.settings import Settings

PYPROJECT = "pyproject.toml"
# Where a configuration is looked for in a directory; the first that is one counts.
NAMES = ("cassette.toml", PYPROJECT)


def parse(path: str, text: str, rules: frozenset[str]) -> Settings | None:
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
    return settings(whole.table("redact") or Table.empty(path), rules)
