"""Times that can be, and those that cannot."""

from faults import Rows, faults_and_misses, go_vcr, one, vcrpy

ROWS: Rows = {
    "duration-absurd": (
        [go_vcr(one(duration="-1ms")), go_vcr(one(duration="2h"))],
        [go_vcr(one(duration="59m")), go_vcr(one(duration="0s"))],
    ),
    "recorded-in-future": (
        [vcrpy(one(recorded_at="2031-01-01T00:00:00Z")), vcrpy(one(recorded_at="Wed, 01 Jan 2031 00:00:00 GMT"))],
        [vcrpy(one(recorded_at="2025-01-01T00:00:00")), vcrpy(one(recorded_at="Wed, 01 Jan 2025 00:00:00 GMT"))],
    ),
    "recorded-out-of-order": (
        [vcrpy(one(recorded_at="2025-01-02T00:00:00Z"), one(recorded_at="2025-01-01T00:00:00Z"))],
        [vcrpy(one(recorded_at="2025-01-01T00:00:00Z"), one(recorded_at="2025-01-01T00:00:00Z"))],
    ),
    "recorded-at-unreadable": (
        [vcrpy(one(recorded_at="yesterday")), vcrpy(one(recorded_at="1e300"))],
        [vcrpy(one(recorded_at="2025-01-01T00:00:00Z")), vcrpy(one(recorded_at="1447461776.19"))],
    ),
}

test_a_fault_is_found, test_what_only_looks_like_it_is_not = faults_and_misses(ROWS)
