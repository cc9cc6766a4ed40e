"""Names that are there twice."""

from faults import Rows, answered, faults_and_misses, go_vcr, one, vcrpy

ROWS: Rows = {
    "interaction-id-repeated": ([go_vcr(one(), one(id=0))], [go_vcr(one(), one())]),
    "response-id-repeated": (
        [vcrpy(one(), one(response=answered("Bye")))],
        [vcrpy(one(), one()), vcrpy(one(), one(response=answered("Bye", id="r2")))],
    ),
}

test_a_fault_is_found, test_what_only_looks_like_it_is_not = faults_and_misses(ROWS)
