"""Recorded HTTP that no language model has part in."""

from samples.make.case import Case, Exchange, to_json, zipped

HOST = "https://api.shop.example"
JSON_TYPE = (("Content-Type", "application/json"),)
ITEMS = to_json({"items": [{"id": 1, "name": "lamp", "price": 19.90}, {"id": 2, "name": "Stühle"}], "next": None})


def _json() -> tuple[Exchange, ...]:
    cookies = (("Set-Cookie", "theme=dark; path=/"), ("Set-Cookie", "visits=1; path=/"))
    added = to_json({"id": 3, "name": "desk"}).encode()
    return (
        Exchange(
            method="GET",
            url=f"{HOST}/items?page=2&limit=10&tag=a%20b",
            headers={"Accept": "application/json"},
            reply_headers=JSON_TYPE + cookies,
            reply=ITEMS.encode(),
        ),
        Exchange(
            url=f"{HOST}/items",
            headers={"Content-Type": "application/json"},
            body=to_json({"name": "desk"}),
            status=201,
            reply_headers=(*JSON_TYPE, ("Location", f"{HOST}/items/3")),
            reply=added,
        ),
        Exchange(method="DELETE", url=f"{HOST}/items/3", status=204),
    )


def _form() -> Exchange:
    return Exchange(
        url=f"{HOST}/orders",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
        body="item=1&amount=2&note=ring+twice%21&item=2",
        reply_headers=JSON_TYPE,
        reply=b'{\n  "order": 7,\n  "total": 39.80\n}\n',
    )


def _gzip() -> Exchange:
    return Exchange(
        method="GET",
        url=f"{HOST}/items",
        headers={"Accept-Encoding": "gzip"},
        reply_headers=(*JSON_TYPE, ("Content-Encoding", "gzip")),
        reply=zipped(ITEMS.encode()),
    )


def _binary() -> Exchange:
    return Exchange(
        method="GET",
        url=f"{HOST}/items/1/icon",
        reply_headers=(("Content-Type", "application/octet-stream"),),
        reply=bytes(range(256)),
    )


def _error() -> Exchange:
    page = "<html>\n<body>\n<h1>500 Internal Server Error</h1>\n</body>\n</html>\n"
    return Exchange(
        method="GET",
        url=f"{HOST}/broken",
        status=500,
        reply_headers=(("Content-Type", "text/html"),),
        reply=page.encode(),
    )


CASES = [
    Case("http_json", _json()),
    Case("http_form", (_form(),)),
    Case("http_gzip", (_gzip(),)),
    Case("http_binary", (_binary(),)),
    Case("http_error_500", (_error(),)),
]
