"""The parts of a multipart body: the fields and files of a form, or what an upload says of its file beside it.

https://www.rfc-editor.org/rfc/rfc2046#section-5.1, https://www.rfc-editor.org/rfc/rfc7578
"""

from collections.abc import Iterator
from email import message_from_bytes
from email.policy import HTTP
from typing import NamedTuple

# Clients write the boundary without quotes in the body's first line; the header that names it may be gone.
_DASHES = b"--"


class BodyPart(NamedTuple):
    """`name` and `filename` as the form has them, None where it has none; `data` with its transfer encoding undone."""

    name: str | None
    filename: str | None
    media_type: str
    data: bytes


def body_parts(body: str | bytes) -> Iterator[BodyPart]:
    """The parts of a multipart body; nothing for any other text. Never raises."""
    data = body.encode("utf-8", "surrogateescape") if isinstance(body, str) else body
    boundary = data.lstrip().partition(b"\n")[0].rstrip()
    if not boundary.startswith(_DASHES) or b'"' in boundary:
        return
    head = b'Content-Type: multipart/mixed; boundary="' + boundary.removeprefix(_DASHES) + b'"\r\n\r\n'
    for part in message_from_bytes(head + data.lstrip(), policy=HTTP).walk():
        payload = None if part.is_multipart() else part.get_payload(decode=True)
        if isinstance(payload, bytes):
            name = part.get_param("name", header="content-disposition")
            yield BodyPart(str(name) if name else None, part.get_filename(), part.get_content_type(), payload)
