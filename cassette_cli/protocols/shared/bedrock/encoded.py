"""Base64 in the payloads of Bedrock: bytes of a model's own stream, of an agent's answer, of a request.

{"bytes": "eyJ0eXBlIjoicGluZyJ9", "p": "abcdefghij"}
"""

from base64 import b64decode

from cassette_cli.conversation import Json

FIELD = "bytes"


def text_in(value: Json) -> str | None:
    """The text that a base64 string stands for; bytes that are no UTF-8 come as surrogates. None for anything else."""
    if not isinstance(value, str):
        return None
    try:
        return b64decode(value, validate=True).decode("utf-8", "surrogateescape")
    except ValueError:
        return None
