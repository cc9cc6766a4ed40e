"""The file as its recorder sees it."""

from faults import Rows, faults_and_misses, go_vcr, one, vcrpy

ROWS: Rows = {
    "version-unknown": (
        [go_vcr(one(), version=7), vcrpy(one(), version=3)],
        [go_vcr(one()), vcrpy(one())],
    ),
    "version-old": ([go_vcr(one(), version=1)], [go_vcr(one())]),
    "recording-empty": (["interactions: []\nversion: 1\n"], [vcrpy(one())]),
    "request-incomplete": ([go_vcr(one(method=None))], [go_vcr(one())]),
}

test_a_fault_is_found, test_what_only_looks_like_it_is_not = faults_and_misses(ROWS)
