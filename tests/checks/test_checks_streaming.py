"""Streams that were asked for, and those that came."""

from faults import EVENTS_TYPE, Rows, asked, faults_and_misses, one, streamed, vcrpy

NO = '{"error": {"message": "no"}}'

ROWS: Rows = {
    "stream-missing": (
        [vcrpy(one(asked(stream=True)))],
        [
            vcrpy(one(asked(stream=True), streamed(), got=EVENTS_TYPE)),
            vcrpy(one(asked(stream=True), NO, status=400)),
            vcrpy(one(asked(stream=False))),
        ],
    ),
    "stream-unasked": (
        [
            vcrpy(one(asked(stream=False), streamed(), got=EVENTS_TYPE)),
            vcrpy(one(asked(), streamed(), got=EVENTS_TYPE)),
        ],
        [vcrpy(one(asked(stream=True), streamed(), got=EVENTS_TYPE)), vcrpy(one(asked()))],
    ),
}

test_a_fault_is_found, test_what_only_looks_like_it_is_not = faults_and_misses(ROWS)
