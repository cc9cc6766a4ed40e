"""The codes of what clients stumble over in recorded responses. A code never changes its meaning.

What accumulators crash on, merge or invent elsewhere is kept, shown and named here. The page docs/anomalies.md says
for each code who emits it and what clients do with it.
"""

from enum import StrEnum


class Code(StrEnum):
    """A stable name; the member's text is what JSON output holds, `summary` what it says."""

    summary: str

    def __new__(cls, code: str, summary: str) -> "Code":
        """A member that is its code, and knows what it says."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.summary = summary
        return member

    # The recording
    REQUEST_NOT_JSON = "request-not-json", "a request's body is not JSON, where it says that it is"
    LINE_ENDS_LOST = "line-ends-lost", "a body is kept in a way that turns CRLF into LF"
    BODY_UNREADABLE = "body-unreadable", "a body that cannot be decoded at all"
    BODY_CUT_OFF = "body-cut-off", "a compressed body, not streamed, that is cut off or broken"
    # The stream as such
    STREAM_CUT_OFF = "stream-cut-off", "the stream ends before the protocol's own end"
    STREAM_EMPTY = "stream-empty", "the stream brings no message"
    EVENT_NOT_CLOSED = "event-not-closed", "the end of the last event is missing"
    FRAME_BROKEN = "frame-broken", "bytes that are no frame, or a frame whose headers are none"
    CHECKSUM_MISMATCH = "checksum-mismatch", "a frame's checksum does not fit its bytes"
    DATA_NOT_JSON = "data-not-json", "an event's data is not JSON"
    UNKNOWN_FIELD = "unknown-field", "a line whose field no specification names"
    UNKNOWN_EVENT = "unknown-event", "an event that the protocol does not have"
    DONE_MISSING = "done-missing", "all is said, but [DONE] does not come"
    DONE_UNEXPECTED = "done-unexpected", "[DONE] in a protocol that has none"
    EVENT_AFTER_END = "event-after-end", "an event after the protocol's own end"
    ERROR_EVENT = "error-event", "an error inside a reply that began well"
    SEQUENCE_GAP = "sequence-gap", "sequence numbers leave some out"
    SEQUENCE_REPEATED = "sequence-repeated", "a sequence number comes again, or goes back"
    # The frame of a chunk
    RESPONSE_ID_LATE = "response-id-late", "the first events have an empty id"
    RESPONSE_ID_CHANGED = "response-id-changed", "one response goes on under another id"
    OBJECT_UNEXPECTED = "object-unexpected", "an event of a stream names another type of object"
    CHOICES_NULL = "choices-null", "no list of choices, or an entry that is no object"
    DELTA_NULL = "delta-null", "a choice without delta and message"
    MESSAGE_BESIDE_DELTA = "message-beside-delta", "a choice says in `message` what deltas say"
    # Tool calls
    INDEX_MISSING = "index-missing", "a call, choice or block without index"
    INDEX_REPEATED = "index-repeated", "one event has several pieces for one call"
    INDEX_REUSED = "index-reused", "another call at an index in use"
    INDEX_NOT_NEXT = "index-not-next", "the index of a call is not the next one"
    INDEX_CHANGED = "index-changed", "an item goes on under another index"
    ID_MISSING = "id-missing", "a call that never gets an id"
    ID_REPEATED = "id-repeated", "a call's id comes again"
    ID_CHANGED = "id-changed", "a call goes on under another id"
    ID_NOT_UNIQUE = "id-not-unique", "two calls with one id"
    NAME_MISSING = "name-missing", "a call that never gets a name"
    NAME_LATE = "name-late", "a call begins without its name"
    NAME_REPEATED = "name-repeated", "a call's name comes again"
    NAME_IN_PIECES = "name-in-pieces", "a call's name comes in more than one piece"
    ARGUMENTS_RESENT = "arguments-resent", "a call's arguments come whole once more"
    ARGUMENTS_NOT_JSON = "arguments-not-json", "a call's arguments do not parse"
    ARGUMENTS_NOT_TEXT = "arguments-not-text", "a call's arguments are JSON, not its text"
    ARGUMENTS_EMPTY = "arguments-empty", "a streamed call without any argument text"
    # Messages
    ROLE_MISSING = "role-missing", "a message that never gets a role"
    ROLE_REPEATED = "role-repeated", "a message's role comes again"
    REASONING_TWICE = "reasoning-twice", "one thought under two names"
    REASONING_NOT_TEXT = "reasoning-not-text", "reasoning that is an object"
    FINISH_REASON_REPEATED = "finish-reason-repeated", "a second finish reason"
    FINISH_REASON_MISSING = "finish-reason-missing", "a message that ends without one"
    CONTENT_AFTER_FINISH = "content-after-finish", "content after the finish reason"
    PROMPT_BLOCKED = "prompt-blocked", "a prompt that is refused: no message, and no error either"
    # Blocks
    BLOCK_OUT_OF_ORDER = "block-out-of-order", "a block or delta that is not next in line"
    BLOCK_NOT_CLOSED = "block-not-closed", "a block that never stops"
    BLOCK_START_MISSING = "block-start-missing", "a block that no event has announced"
    BLOCK_REPEATED = "block-repeated", "a block that begins or ends twice"
    DONE_DISAGREES = "done-disagrees", "what comes whole is not what came in pieces"
    DONE_INCOMPLETE = "done-incomplete", "what comes whole lacks what came in pieces"
    UNKNOWN_PART = "unknown-part", "a part of a kind unknown here, kept whole"
    UNKNOWN_DELTA = "unknown-delta", "a delta of a kind unknown here, kept whole"
    MESSAGE_START_MISSING = "message-start-missing", "content before any message"
    SECOND_MESSAGE_START = "second-message-start", "a second message in one response"
    # Usage
    USAGE_REPEATED = "usage-repeated", "the same usage more than once"
    USAGE_CUMULATIVE = "usage-cumulative", "usage more than once, with other numbers"
    USAGE_OVERRIDDEN = "usage-overridden", "the end corrects counts of the beginning"
    USAGE_INCONSISTENT = "usage-inconsistent", "numbers that do not add up, are negative, or NaN"
