"""Interactions that are played again, and those that never are."""

from faults import CHAT, Rows, answered, asked, faults_and_misses, httprr, one, vcrpy

GET = "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n"
OK = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n"

ROWS: Rows = {
    "interaction-unreachable": (
        [httprr((GET, OK + "a"), (GET, OK + "b"))],
        [httprr((GET, OK + "a"), (GET.replace("/ ", "/b "), OK + "b")), vcrpy(one(), one())],
    ),
    "interaction-repeated": (
        [vcrpy(one(), one())],
        [vcrpy(one(), one(asked("Bye"))), vcrpy(one(), one(response=answered("Bye")))],
    ),
    "matched-by-order": (
        [vcrpy(one(), one(asked("Bye"))), vcrpy(one(url=f"{CHAT}?a=1&b=2"), one(asked("Bye"), url=f"{CHAT}?b=2&a=1"))],
        [vcrpy(one(), one(asked("Bye"), url=f"{CHAT}?a=1")), vcrpy(one(), one())],
    ),
}

test_a_fault_is_found, test_what_only_looks_like_it_is_not = faults_and_misses(ROWS)
