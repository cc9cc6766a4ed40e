"""AWS Bedrock's Converse and ConverseStream, which have one form for all models.

https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html

    POST /model/amazon.nova-lite-v1%3A0/converse-stream
    {"messages": [{"role": "user", "content": [{"text": "Hi"}]}]}

    contentBlockDelta  {"contentBlockIndex": 0, "delta": {"text": "Hello"}, "p": "abcdefghij"}
"""

import re
from urllib.parse import unquote

from cassette_cli.protocols.base import Call, at
from cassette_cli.protocols.shared.converse import prompt, read

NAME = "aws.bedrock.converse"

# A model's name may be an ARN, slashes and all.
PATH = re.compile(r"/model/.+/converse(-stream)?/?$")

__all__ = ["NAME", "matches", "prompt", "read"]


def matches(call: Call) -> bool:
    """By path; by the shape of the response where the recording has no path."""
    if call.path.strip("/"):
        return PATH.search(unquote(call.path)) is not None
    return isinstance(at(call.response, "output", "message", "content"), list) and "stopReason" in call.response
