"""Errors of AWS: bodies of failed calls, and exceptions within a stream.

https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#operation-error-serialization

    {"message": "You don't have access to the model with the specified model ID."}
    throttlingException  {"message": "Too many tokens, please wait before trying again."}

The name of an exception is a header of its message, or of the response; "__type" is where AWS puts it in a body.
"""

from cassette_cli.conversation import Json
from cassette_cli.protocols.base import Event
from cassette_cli.protocols.shared.errors import error_of as error_of_others

# The signs of an error in AWS's bodies that other providers' have not; the last is that of an unknown operation.
SIGNS = ("__type", "Message", "Output")
# What the names of exceptions, and of errors that no service declares, end in.
ENDS = ("Exception", "Error", "Failure")


def error_of(body: Json) -> Json:
    """The error object of a body, None for a body that reports none."""
    if isinstance(body, dict) and any(body.get(name) for name in SIGNS):
        return body
    return error_of_others(body)


def exception_of(event: Event) -> Json:
    """The exception that an event of a stream is, with its name under "__type"; None for one that is none. A message
    without payload is an error whose text is in its headers, which are the framing's to report."""
    name, value = event.type or "", event.value
    if not name.endswith(ENDS) and (event.text or not name):
        return None
    if isinstance(value, dict):
        return {"__type": name, **value}
    return {"__type": name, "message": event.text} if event.text else {"__type": name}
