"""What tests of edits share: recordings read, edited and read again."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from cassette_cli import files
from cassette_cli.conversation import Part, Reply
from cassette_cli.editing.asked import Asked
from cassette_cli.editing.edit import edited
from cassette_cli.errors import CassetteError
from cassette_cli.exchange import Exchange, exchange
from cassette_cli.model import Cassette

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
# One sample for each recorder, framing and way to keep a body.
KINDS = (
    "go_vcr/openai_chat_sse_add_multiply.yaml",
    "go_vcr/openai_chat_sse_add_multiply_indent_0.yaml",
    "go_vcr/openai_chat_sse_add_multiply_v1.yaml",
    "vcrpy/openai_chat_sse_add_multiply.yaml",
    "vcrpy/openai_chat_sse_add_multiply.json",
    "ruby_vcr/openai_chat_sse_add_multiply.yaml",
    "ruby_vcr/openai_chat_sse_add_multiply.json",
    "ruby_vcr/openai_chat_sse_add_multiply_exact_bytes.yaml",
    "httprr/openai_chat_sse_add_multiply.httprr",
    "har/openai_chat_sse_add_multiply.har",
)


def sample(name: str) -> Cassette:
    """A recording of samples/."""
    return files.read(str(SAMPLES / name))


def replies_of(cassette: Cassette) -> list[Reply]:
    """The replies of a cassette whose interactions all have one."""
    found = [exchange(each).reply for each in cassette.interactions]
    return [reply for reply in found if reply is not None]


def parts_of(cassette: Cassette, index: int = 0) -> tuple[Part, ...]:
    """The parts of the first message of a reply."""
    return replies_of(cassette)[index].messages[0].parts


def after(cassette: Cassette, *asked: Asked, index: int = 0) -> Cassette:
    """The cassette with what is asked for, read again from its text."""
    again = edited(cassette, index, asked).cassette
    return files.read(cassette.path, files.encoded(again.document.text))


def recordings(folders: Sequence[Path], most: int) -> Iterator[tuple[Cassette, Exchange]]:
    """Every so many-th cassette of folders, with those of its first interactions that have a reply with messages."""
    found = [each for each in files.load(map(str, folders)) if not isinstance(each, CassetteError)]
    for cassette in found[:: max(len(found) // most, 1)]:
        for interaction in cassette.interactions[:3]:
            understood = exchange(interaction)
            if understood.reply and understood.reply.messages:
                yield cassette, understood
