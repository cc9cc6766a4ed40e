"""Names that are there twice."""

from faults import Rows, answered, go_vcr, one, tests_of, vcrpy

ROWS: Rows = {
    "interaction-id-repeated": ([go_vcr(one(), one(id=0))], [go_vcr(one(), one())]),
    "response-id-repeated": (
        [vcrpy(one(), one(response=answered("Bye")))],
        [vcrpy(one(), one()), vcrpy(one(), one(response=answered("Bye", id="r2")))],
    ),
}

test_a_fault_is_found, test_what_only_looks_like_it_is_not = tests_of(ROWS)
