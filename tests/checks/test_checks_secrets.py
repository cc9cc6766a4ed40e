"""Secrets that are left."""

from secrets import token_hex

from faults import JSON_TYPE, Rows, asked, faults_and_misses, one, vcrpy

KEY = "sk-" + token_hex(24)

ROWS: Rows = {
    "secret-left": (
        [vcrpy(one(sent={"authorization": f"Bearer {KEY}"})), vcrpy(one(asked(f"My key is {KEY}")))],
        [vcrpy(one(sent={"authorization": "Bearer REDACTED"})), vcrpy(one(asked("max_tokens")))],
    ),
    "cookie-left": (
        [vcrpy(one(got=JSON_TYPE | {"set-cookie": f"session={KEY[3:]}; path=/"}))],
        [vcrpy(one(got=JSON_TYPE | {"set-cookie": "REDACTED"}))],
    ),
}

test_a_fault_is_found, test_what_only_looks_like_it_is_not = faults_and_misses(ROWS)
