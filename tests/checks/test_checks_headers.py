"""Headers that differ in every recording."""

from faults import JSON_TYPE, Rows, faults_and_misses, go_vcr, one, vcrpy

ROWS: Rows = {
    "header-volatile": (
        [vcrpy(one(got=JSON_TYPE | {"Date": "x"})), vcrpy(one(sent={"traceparent": "x"}))],
        [vcrpy(one(got=JSON_TYPE | {"retry-after": "1"})), go_vcr(one(sent={"traceparent": "x"}))],
    ),
}

test_a_fault_is_found, test_what_only_looks_like_it_is_not = faults_and_misses(ROWS)
