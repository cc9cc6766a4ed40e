"""Messages in the words of AWS's Converse API: what requests say and what replies bring, wherever they travel."""

from cassette_cli.protocols.shared.converse.prompt import prompt
from cassette_cli.protocols.shared.converse.reply import EVENTS, read, usage_of

__all__ = ["EVENTS", "prompt", "read", "usage_of"]
