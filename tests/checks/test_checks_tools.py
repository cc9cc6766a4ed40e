"""Calls beside the tools that the request offers."""

from faults import Rows, calls, faults_and_misses, tool

NUMBER = {"type": "number"}
ADD = tool("add", a={"type": "number"})

ROWS: Rows = {
    "tool-unknown": (
        [calls("subtract", {"a": 2}, ADD)],
        [
            calls("add", {"a": 2}, ADD),
            calls("subtract", {"a": 2}),
            calls("subtract", {"a": 2}, ADD, metadata={"found": "subtract"}),
            calls("web", {"a": 2}, ADD, {"type": "web_search"}),
        ],
    ),
    "tool-arguments-invalid": (
        [calls("add", {"a": "two"}, ADD), calls("add", {}, ADD), calls("add", {"a": 1, "b": 2}, ADD)],
        [
            calls("add", {"a": 2}, ADD),
            calls("add", {"a": 2}, tool("add", a={"type": "NUMBER"})),
            calls("add", {"a": None}, tool("add", a={"type": "NUMBER", "nullable": True})),
        ],
    ),
    "tool-schema-invalid": (
        [
            calls("add", {"a": 2}, tool("add", a={"type": "nothing"})),
            calls("add", {"a": 2}, tool("add", a={"$ref": "http://127.0.0.1:9/x"})),
        ],
        [calls("add", {"a": 2}, ADD), calls("add", {"a": 2}, tool("add", a={"$ref": "#/properties/b"}, b=NUMBER))],
    ),
}

test_a_fault_is_found, test_what_only_looks_like_it_is_not = faults_and_misses(ROWS)
