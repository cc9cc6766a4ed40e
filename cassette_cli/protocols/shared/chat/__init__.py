"""Chat completions: what requests say and what replies bring."""

from cassette_cli.protocols.shared.chat.prompt import prompt
from cassette_cli.protocols.shared.chat.reply import read
from cassette_cli.protocols.shared.chat.usage import usage_of

__all__ = ["prompt", "read", "usage_of"]
