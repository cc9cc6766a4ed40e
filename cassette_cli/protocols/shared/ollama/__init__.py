"""What Ollama's chat and generate share: replies, and the parts of messages."""

from cassette_cli.protocols.shared.ollama.message import MessageReader, images_of
from cassette_cli.protocols.shared.ollama.reply import read

__all__ = ["MessageReader", "images_of", "read"]
