"""What fuzzing has found: a small input for each, which every law is tried on. The tests of the parts say what is right
instead."""

TRACE = "httprr trace v1\n"


def _trace(asked: str, answered: str) -> bytes:
    return f"{TRACE}{len(asked)} {len(answered)}\n{asked}{answered}".encode()


def _vcrpy(request: str, response: str) -> bytes:
    return f"interactions:\n- request:\n{request}  response:\n{response}version: 1\n".encode()


ASKED = "    method: POST\n    uri: https://a.example/v1\n    headers: {}\n    body: x\n"
ANSWERED = "    status: {code: 200, message: OK}\n    headers: {}\n    body: {string: ok}\n"
GO_VCR = (
    b"version: 2\ninteractions:\n- id: 0\n  request:\n    method: GET\n    url: https://a.example/\n    headers: {}\n"
    b"    body: ''\n  response:\n    status: 200 OK\n    code: 200\n    headers: {}\n    body: "
)
STREAM = (
    "data: {'choices':[{'index':0,'delta':{'content':'ab'}}]}\n\neevnt: x\n"
    "data: {'choices':[{'index':0,'delta':{'content':'cd'}}]}\n\ndata: [DONE]\n\n"
).replace("'", '"')

CASES = {
    "an anchor that libyaml ends before the word does": b"&a?k'!t b\n",
    "a value right behind the colon of an empty key": b"{:a:v}",
    "a value behind an empty key": b"{: a :}",
    "a tab below a plain text": b"+>\n a\n  \t\n\n",
    "a CR alone in the first line of a message": _trace(
        "GET https://a.example/ HTTP/1.1\rHost: a\n\n", "HTTP/1.1 200 OK\r"
    ),
    "a header whose value an edit breaks": _trace(
        "GET https://a.example/ HTTP/1.1\nA: b\n\n", "HTTP/1.1 200 OK\nC: d\n\nok"
    ),
    "a last block scalar without a line end": GO_VCR + b"|+\n      ok",
    "a method with a tab in it": _vcrpy(ASKED.replace("POST", "PO\tST"), ANSWERED),
    "a method with a hyphen": _vcrpy(ASKED.replace("POST", "M-SEARCH"), ANSWERED),
    "a status where its recorder has none": _vcrpy(ASKED, "    code: 200\n    status: 200 OK\n    headers: {}\n"),
    "a line in an event that clients ignore": GO_VCR
    + b"|+\n"
    + b"".join(b"      " + line + b"\n" for line in STREAM.encode().split(b"\n")),
    "a second interaction without anything": GO_VCR + b"ok\n- id: 1\n  request: {}\n  response: {}\n",
    "a number too long to be read": b"version = 1\n[[interactions]]\nx = " + b"9" * 5000 + b"\n",
    "tables within tables": b"version = 1\n[[interactions]]\n[" + b"a." * 5000 + b"a]\n",
}
