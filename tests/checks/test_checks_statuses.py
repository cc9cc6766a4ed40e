"""Statuses and media types beside bodies."""

from faults import EVENTS_TYPE, Rows, asked, faults_and_misses, one, streamed, vcrpy

GET = "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n"
NO = '{"error": {"message": "no"}}'

ROWS: Rows = {
    "body-unexpected": (
        [vcrpy(one(status=204)), vcrpy(one(method="HEAD"))],
        [vcrpy(one(response="", status=204)), vcrpy(one("", "", method="HEAD"))],
    ),
    "body-missing": (
        [vcrpy(one(response=""))],
        [vcrpy(one(response="", status=202)), vcrpy(one("", "", method="GET"))],
    ),
    "error-with-success": (
        [vcrpy(one(response=NO))],
        [vcrpy(one(response=NO, status=400)), vcrpy(one())],
    ),
    "reply-with-failure": ([vcrpy(one(status=500))], [vcrpy(one()), vcrpy(one(response="no", status=500))]),
    "media-type-wrong": (
        [vcrpy(one(response=streamed())), vcrpy(one(got=EVENTS_TYPE))],
        [
            vcrpy(one(asked(stream=True), streamed(), got=EVENTS_TYPE)),
            vcrpy(one(response=NO, status=400, got=EVENTS_TYPE)),
        ],
    ),
}

test_a_fault_is_found, test_what_only_looks_like_it_is_not = faults_and_misses(ROWS)
