"""Conversations that go on as they were recorded, and those that do not."""

from faults import Rows, answered, asked, call, calling, faults_and_misses, one, result, talk, vcrpy

SUM = call("c1", "add", {"a": 2})
SEE = answered("Let me see.", [SUM])

ROWS: Rows = {
    "reply-call-changed": (
        [
            talk(calling(call("c1", "add", {"a": 3})), result("c1")),
            talk(calling(call("c1", "sum", {"a": 2})), result("c1")),
        ],
        [
            talk(calling(SUM), result("c1")),
            talk(calling(call("c2", "add", {"a": 3})), result("c2")),
        ],
    ),
    "reply-text-changed": (
        [talk(calling(SUM, content="Let me see!"), result("c1"), said=SEE)],
        [
            talk(calling(SUM, content="Let me see."), result("c1"), said=SEE),
            talk(calling(SUM), result("c1"), said=SEE),
        ],
    ),
    "call-unanswered": (
        [
            talk(calling(SUM), "And?"),
            talk(calling(SUM, call("c2", "add", {"a": 2})), result("c1")),
        ],
        [
            talk(calling(SUM), result("c1")),
            talk(calling(SUM)),
            vcrpy(one(asked("Hi", calling(SUM), "And?"), '{"error": {}}', status=400)),
        ],
    ),
    "call-answered-twice": (
        [talk(calling(SUM), result("c1"), result("c1"))],
        [
            talk(calling(SUM), result("c1")),
            talk(*[calling(SUM), result("c1")] * 2),
        ],
    ),
    "result-unasked": (
        [talk(calling(SUM), result("c1"), result("c9"))],
        [talk(calling(SUM), result("c1"))],
    ),
}

test_a_fault_is_found, test_what_only_looks_like_it_is_not = faults_and_misses(ROWS)
