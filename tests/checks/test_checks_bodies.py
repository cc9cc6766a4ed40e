"""Lengths, content codings and sizes of bodies."""

from faults import GZIPPED, JSON_TYPE, Rows, faults_and_misses, go_vcr, header, one, vcrpy, yaml_with_binary

ROWS: Rows = {
    "content-length-wrong": (
        [
            vcrpy(one(got=JSON_TYPE | {"Content-Length": "9"})),
            vcrpy(one(sent={"content-length": "9"})),
            go_vcr(one() | {"response": {"status": 200, "headers": {}, "body": "abc", "content_length": 4}}),
        ],
        [
            vcrpy(one(response="é", got={"content-length": "2"})),
            vcrpy(one(response="", got={"content-length": "9"})),
            vcrpy(one("", "ab", method="HEAD", got={"content-length": "9"})),
            vcrpy(one(response="ab", status=304, got={"content-length": "9"})),
            go_vcr(one() | {"response": {"status": 200, "headers": {}, "body": "abc", "content_length": -1}}),
        ],
    ),
    "content-encoding-wrong": (
        [vcrpy(one(got=JSON_TYPE | {"content-encoding": "gzip"})), vcrpy(one(sent={"Content-Encoding": "br"}))],
        [
            vcrpy(one(got=JSON_TYPE | {"content-encoding": "identity"})),
            vcrpy(one(response="", got={"content-encoding": "gzip"})),
            yaml_with_binary(GZIPPED, header("content-encoding", "gzip")),
        ],
    ),
    "content-encoding-missing": (
        [yaml_with_binary(GZIPPED)],
        [
            yaml_with_binary(GZIPPED, header("content-encoding", "gzip")),
            yaml_with_binary(GZIPPED).replace("text/plain", "application/gzip"),
            yaml_with_binary(b"Hello"),
        ],
    ),
    "body-compressed": (
        [yaml_with_binary(GZIPPED, header("content-encoding", "gzip"))],
        [yaml_with_binary(b"Hello"), yaml_with_binary(GZIPPED[:-9], header("content-encoding", "gzip"))],
    ),
    "body-base64": ([yaml_with_binary(b"Hello")], [yaml_with_binary(GZIPPED), yaml_with_binary(b"\x89PNG\0\1")]),
    "body-large": ([vcrpy(one("a" * 1_000_000))], [vcrpy(one("a" * 999_999))]),
    "body-binary": ([yaml_with_binary(b"\x89PNG\0\1" * 2000)], [yaml_with_binary(b"\x89PNG\0\1" * 20)]),
}

test_a_fault_is_found, test_what_only_looks_like_it_is_not = faults_and_misses(ROWS)
