"""What a project sets for its recordings: `cassette.toml`, or `[tool.cassette]` in pyproject.toml."""

from dataclasses import dataclass, field

from cassette_cli.checks.settings import CheckSettings
from cassette_cli.config import check, redact, trim
from cassette_cli.config.table import Table, document
from cassette_cli.header_classes import TrimSettings
from cassette_cli.redaction.settings import Settings

PYPROJECT = "pyproject.toml"
# Where a configuration is looked for in a directory; the first that is one counts.
NAMES = ("cassette.toml", PYPROJECT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of each command that has some."""

    redact: Settings = field(default_factory=Settings)
    check: CheckSettings = field(default_factory=CheckSettings)
    trim: TrimSettings = field(default_factory=TrimSettings)


def parse(path: str, text: str, rules: frozenset[str]) -> Config | None:
    """The settings in a file of TOML; None for a pyproject.toml that has none. `rules` are the names of known rules.

    Raises CassetteError with path and line where they are no TOML, or not what they should be.
    """
    whole = document(path, text)
    if path.endswith(PYPROJECT):
        tool = whole.table("tool")
        if tool is None or "cassette" not in tool.names:
            return None
        whole = tool.table("cassette") or tool
    whole.only("redact", "check", "trim")
    empty = Table.empty(path)
    return Config(
        redact=redact.settings(whole.table("redact") or empty, rules),
        check=check.settings(whole.table("check") or empty),
        trim=trim.settings(whole.table("trim") or empty),
    )
