"""The codes of what clients stumble over in recorded responses. A code never changes its meaning.

What accumulators crash on, merge or invent elsewhere is kept, shown and named here. The page docs/anomalies.md says
for each code who emits it and what clients do with it.
"""

from enum import StrEnum


class Code(StrEnum):
    """A stable name; the member's text is what JSON output holds."""

    # The stream as such
    STREAM_CUT_OFF = "stream-cut-off"
    STREAM_EMPTY = "stream-empty"
    EVENT_NOT_CLOSED = "event-not-closed"
    DATA_NOT_JSON = "data-not-json"
    UNKNOWN_FIELD = "unknown-field"
    UNKNOWN_EVENT = "unknown-event"
    DONE_MISSING = "done-missing"
    EVENT_AFTER_END = "event-after-end"
    ERROR_EVENT = "error-event"
    # The frame of a chunk
    RESPONSE_ID_LATE = "response-id-late"
    RESPONSE_ID_CHANGED = "response-id-changed"
    OBJECT_UNEXPECTED = "object-unexpected"
    CHOICES_NULL = "choices-null"
    DELTA_NULL = "delta-null"
    MESSAGE_BESIDE_DELTA = "message-beside-delta"
    # Tool calls
    INDEX_MISSING = "index-missing"
    INDEX_REPEATED = "index-repeated"
    INDEX_REUSED = "index-reused"
    INDEX_NOT_NEXT = "index-not-next"
    ID_MISSING = "id-missing"
    ID_REPEATED = "id-repeated"
    ID_CHANGED = "id-changed"
    ID_NOT_UNIQUE = "id-not-unique"
    NAME_MISSING = "name-missing"
    NAME_LATE = "name-late"
    NAME_REPEATED = "name-repeated"
    NAME_IN_PIECES = "name-in-pieces"
    ARGUMENTS_RESENT = "arguments-resent"
    ARGUMENTS_NOT_JSON = "arguments-not-json"
    ARGUMENTS_NOT_TEXT = "arguments-not-text"
    ARGUMENTS_EMPTY = "arguments-empty"
    # Messages
    ROLE_MISSING = "role-missing"
    ROLE_REPEATED = "role-repeated"
    REASONING_TWICE = "reasoning-twice"
    REASONING_NOT_TEXT = "reasoning-not-text"
    FINISH_REASON_REPEATED = "finish-reason-repeated"
    FINISH_REASON_MISSING = "finish-reason-missing"
    CONTENT_AFTER_FINISH = "content-after-finish"
    # Blocks
    BLOCK_OUT_OF_ORDER = "block-out-of-order"
    BLOCK_NOT_CLOSED = "block-not-closed"
    UNKNOWN_PART = "unknown-part"
    UNKNOWN_DELTA = "unknown-delta"
    MESSAGE_START_MISSING = "message-start-missing"
    SECOND_MESSAGE_START = "second-message-start"
    # Usage
    USAGE_REPEATED = "usage-repeated"
    USAGE_CUMULATIVE = "usage-cumulative"
    USAGE_OVERRIDDEN = "usage-overridden"
    USAGE_INCONSISTENT = "usage-inconsistent"
