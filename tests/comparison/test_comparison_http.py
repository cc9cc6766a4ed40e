"""Interactions compared as HTTP: URLs, headers, status and bodies of what no protocol reads."""

from typing import Any

import pytest
from comparing import GONE, Short, asking, between, diffs, short, token
from handmade import headers, made, prompt_of, said

JSON, TEXT, FORM = "application/json", "text/plain", "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("https://a.example/x", "https://a.example/x", []),
        ("https://a.example/x", "https://b.example/x", [("request", "request.url.host", "a.example", "b.example")]),
        ("/x", "https://b.example/x", []),
        (
            "https://a.example/x?limit=1&after=b",
            "https://a.example/x?limit=2",
            [("request", "request.url.query.limit", "1", "2"), ("request", "request.url.query.after", "b", GONE)],
        ),
        (
            f"https://a.example/x?access_token={token(1)}",
            f"https://a.example/x?access_token={token(2)}",
            [("cosmetic", "request.url.query.access_token", "<redacted>", "<redacted>")],
        ),
        (
            "https://a.example/v1/batches/batch_abc123def",
            "https://a.example/v1/batches/batch_xyz789uvw",
            [("cosmetic", "request.url.path", "/v1/batches/batch_abc123def", "/v1/batches/batch_xyz789uvw")],
        ),
    ],
)
def test_urls(old: str, new: str, found: list[Short]) -> None:
    assert between(made(url=old, method="GET"), made(url=new, method="GET")) == found


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (("/v1/chat", "m-1"), ("/v2/chat", "m-1"), [("request", "request.url.path", "/v1/chat", "/v2/chat")]),
        (
            ("/models/m-1:generate", "m-1"),
            ("/models/m-2:generate", "m-2"),
            # The model that the path names is told once.
            [("behaviour", "request.model", "m-1", "m-2")],
        ),
    ],
)
def test_paths_of_models(old: tuple[str, str], new: tuple[str, str], found: list[Short]) -> None:
    one, other = (
        asking(prompt_of(said("user", "hi"), model=model), url=f"https://a.example{path}") for path, model in (old, new)
    )

    assert between(one, other) == found


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ({"Date": "1"}, {"date": "2"}, [("cosmetic", "response.headers.date", "1", "2")]),
        ({"location": "/a"}, {"location": "/b"}, [("behaviour", "response.headers.location", "/a", "/b")]),
        (
            {"content_type": "text/html"},
            {"content_type": "text/plain"},
            [("behaviour", "response.headers.content-type", "text/html", "text/plain")],
        ),
        (
            {"content_type": "text/html"},
            {"content_type": "Text/HTML; charset=utf-8"},
            [("cosmetic", "response.headers.content-type", "text/html", "Text/HTML; charset=utf-8")],
        ),
        (
            {"content_type": "text/html", "x": "1"},
            {"x": "1"},
            [("cosmetic", "response.headers.content-type", "text/html", GONE)],
        ),
        ({"x_new": "1"}, {"x_new": "2"}, [("cosmetic", "response.headers.x-new", "1", "2")]),
    ],
)
def test_headers_of_responses(old: dict[str, str], new: dict[str, str], found: list[Short]) -> None:
    assert between(made(response_headers=headers(**old)), made(response_headers=headers(**new))) == found


def test_headers_of_requests() -> None:
    old = made(request_headers=headers(anthropic_beta="a", authorization=f"Bearer {token(1)}"))
    new = made(request_headers=headers(anthropic_beta="b", authorization=f"Bearer {token(2)}"))

    assert between(old, new) == [
        ("request", "request.headers.anthropic-beta", "a", "b"),
        ("cosmetic", "request.headers.authorization", "Bearer <redacted>", "Bearer <redacted>"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "verdict"), [("*/*", "application/json", "cosmetic"), ("*/*", "image/png", "request")]
)
def test_what_is_accepted(old: str, new: str, verdict: str) -> None:
    changes = between(made(request_headers=headers(accept=old)), made(request_headers=headers(accept=new)))

    assert changes == [(verdict, "request.headers.accept", old, new)]


def test_a_header_that_another_recorder_leaves_out() -> None:
    old, new = made(request_headers=headers(anthropic_beta="a", x="1")), made(request_headers=headers(x="1"))

    assert [short(each)[0] for each in diffs([old], [new])[0].changes] == ["request"]
    assert [short(each)[0] for each in diffs([old], [new], same_recorder=False)[0].changes] == ["cosmetic"]


@pytest.mark.parametrize(
    ("media_type", "old", "new", "found"),
    [
        (JSON, '{"a": 1, "b": 2}', '{"a": 1, "b": 3}', [("behaviour", ".b", 2, 3)]),
        (JSON, '{"a": 1}', '{ "a": 1 }', [("cosmetic", "", GONE, GONE)]),
        (
            JSON,
            '{"created_at": 1, "id": "batch_abc123def", "at": "2025-01-01T00:00:00Z"}',
            '{"created_at": 2, "id": "batch_xyz789uvw", "at": "2025-01-02T00:00:00Z"}',
            [
                ("cosmetic", ".created_at", 1, 2),
                ("cosmetic", ".id", "batch_abc123def", "batch_xyz789uvw"),
                ("cosmetic", ".at", "2025-01-01T00:00:00Z", "2025-01-02T00:00:00Z"),
            ],
        ),
        (FORM, "a=1&b=2", "a=1&b=3", [("behaviour", ".b", "2", "3")]),
        (TEXT, "one", "two", [("behaviour", "", "one", "two")]),
        (TEXT, "one", None, [("behaviour", "", "one", GONE)]),
    ],
)
def test_bodies(media_type: str, old: str, new: str | None, found: list[Short]) -> None:
    changes = between(made(answered=old, answered_type=media_type), made(answered=new, answered_type=media_type))

    assert changes == [(verdict, f"response.body{where}", one, other) for verdict, where, one, other in found]


def test_boundaries_of_multipart_bodies() -> None:
    def body(boundary: str, value: str) -> Any:
        text = f'--{boundary}\r\nContent-Disposition: form-data; name="a"\r\n\r\n{value}\r\n--{boundary}--\r\n'
        return made(asked=text, asked_type="multipart/form-data")

    assert [short(each)[:2] for each in diffs([body("x1", "5")], [body("y2", "5")])[0].changes] == [
        ("cosmetic", "request.body")
    ]
    assert [short(each)[:2] for each in diffs([body("x1", "5")], [body("y2", "6")])[0].changes] == [
        ("request", "request.body")
    ]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (made(status=200), made(status=429), [("behaviour", "response.status", 200, 429)]),
        (made(streamed=True), made(), [("behaviour", "response.streamed", True, False)]),
        (
            made(streamed=True, answered='data: {"a": 1}\n\ndata: x\n\n'),
            made(streamed=True, answered='data: {"a": 2}\n\ndata: x\n\n'),
            [("behaviour", "response.events[0].a", 1, 2)],
        ),
    ],
)
def test_status_and_streams(old: Any, new: Any, found: list[Short]) -> None:
    assert between(old, new) == found
