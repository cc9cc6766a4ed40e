"""A server on loopback that answers as the cases say.

The path tells what to answer: `/<case>/<number of the exchange>` and then the path of the URL to be recorded. So the
server keeps no state, and recorders take that prefix off again in their own hooks.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from samples.make.case import DATE, Case, Exchange
from samples.make.cases import CASES


def prefix(case: Case, number: int) -> str:
    """What stands before an exchange's own path."""
    return f"/{case.name}/{number}"


class Handler(BaseHTTPRequestHandler):
    """Answers one request by its path; anything that no case has is a 404 that names it."""

    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        exchange = self._exchange()
        if exchange is None or bool(sent) != bool(exchange.body):
            self.send_response_only(404)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self._head(exchange)
        if exchange.chunked:
            for piece in _pieces(exchange.reply):
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.write(b"0\r\n\r\n")
        else:
            self.wfile.write(exchange.reply)

    do_GET = do_POST = do_DELETE = _answer  # noqa: N815 (the names that http.server asks for)

    def _exchange(self) -> Exchange | None:
        _, name, number, _ = self.path.split("/", 3)
        case = CASES.get(name)
        if case is None or int(number) >= len(case.exchanges):
            return None
        exchange = case.exchanges[int(number)]
        whole = prefix(case, int(number)) + exchange.path
        return exchange if (self.command, self.path) == (exchange.method, whole) else None

    def _head(self, exchange: Exchange) -> None:
        self.send_response_only(exchange.status)
        self.send_header("Date", DATE)
        self.send_header("Server", "stand-in")
        for name, value in exchange.reply_headers:
            self.send_header(name, value)
        if exchange.chunked:
            self.send_header("Transfer-Encoding", "chunked")
        elif exchange.status != 204:
            self.send_header("Content-Length", str(len(exchange.reply)))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: what was asked shows in the recordings."""


def _pieces(body: bytes) -> list[bytes]:
    return [piece + b"\n\n" for piece in body.split(b"\n\n")[:-1]] if body.endswith(b"\n\n") else [body]


@contextmanager
def running() -> Iterator[str]:
    """The server's origin, `http://127.0.0.1:<a free port>`, while it runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
