"""Error objects, in the shapes that providers and gateways give them.

{"error": {"message": "...", "type": "..."}}            OpenAI, Anthropic ("type": "error" beside it), most others
{"code": "...", "error": "..."}                         xAI, Hugging Face
{"object": "error", "message": "..."}, {"detail": ...}  Mistral, FastAPI and servers built on it
[{"error": {...}}]                                      Google's compatible endpoints
"""

from cassette_cli.conversation import Json
from cassette_cli.protocols.base import at

SIGNS = ("message", "detail", "msg", "errors")


def error_of(body: Json) -> Json:
    """The error object of a body: its field `error`, or the body itself where that is where the error lies; None for
    a body that reports none."""
    if isinstance(body, list):
        return at(body, 0, "error") or None
    error = at(body, "error")
    if error:
        return body if isinstance(error, str) else error
    return body if isinstance(body, dict) and any(body.get(name) for name in SIGNS) else None
