"""What only shows when several files are looked at: one reply in two recordings, recordings that no test names."""

from collections.abc import Iterator

from cassette_cli.checks.base import Check, Problem, Scene, number_of
from cassette_cli.checks.naming import TestNames
from cassette_cli.checks.settings import Level

ACROSS = {
    "response-id-reused": Check(Level.NOTE, "two recordings hold the same reply"),
    "recording-unnamed": Check(Level.WARNING, "no test names the recording"),
}


class Run:
    """What the files of a run have in common, file by file. `names` are those that tests give, None where none was
    looked at."""

    def __init__(self, names: TestNames | None = None) -> None:
        self._names = names
        self._replies: dict[str, tuple[str, int]] = {}

    def find(self, scene: Scene) -> Iterator[Problem]:
        """What is wrong with a file beside those before it."""
        path = scene.cassette.path
        if self._names is not None and not self._names.name(path):
            yield Problem("recording-unnamed", "no test names this recording")
        for exchange in scene.exchanges:
            reply = exchange.reply
            if reply and reply.id:
                other, number = self._replies.setdefault(reply.id, (path, number_of(exchange)))
                if other != path:
                    message = f"the reply is that of interaction {number} in {other}"
                    yield Problem("response-id-reused", message, number_of(exchange))
                    break
