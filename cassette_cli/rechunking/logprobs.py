"""Log probabilities beside pieces of text: a list with an entry for each token, or lists of the same length.

    {"content": [{"token": "Hel", "logprob": -0.1, "bytes": [72, 101, 108], "top_logprobs": []}], "refusal": null}
    {"tokens": ["Hel"], "token_logprobs": [-0.1], "text_offset": [0], "top_logprobs": null}

https://platform.openai.com/docs/api-reference/chat/object, https://platform.openai.com/docs/api-reference/completions
An entry goes with the piece in which its token begins.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cassette_cli.document.tree import Mapping as MappingNode
from cassette_cli.document.tree import Node, Scalar, Sequence, Style, get

LOGPROBS = "logprobs"


@dataclass(frozen=True, slots=True)
class TokenList:
    """A list of tokens as written: `entries` are the texts of its items, `sizes` how many bytes of UTF-8 the text of
    each has, `name` is its key in the object of the log probabilities, "" where there is none."""

    spot: int
    name: str
    entries: tuple[str, ...]
    sizes: tuple[int, ...]
    gap: str

    def written(self, entries: tuple[str, ...]) -> str:
        """The list with other entries."""
        return f"[{self.gap.join(entries)}]"


def lists_in(text: str, node: Node, spots: Mapping[str, int]) -> tuple[str | TokenList, ...]:
    """Log probabilities as texts with lists between them; nothing where they hold none. `spots` are the numbers of the
    pieces beside them, by the names of their fields; under "" stands the one that counts where no name fits."""
    found = list(_lists(text, node, spots))
    if not found:
        return ()
    out: list[str | TokenList] = []
    done = node.span.start
    for place, tokens in found:
        out += [text[done : place.span.start], tokens]
        done = place.span.end
    return (*out, text[done : node.span.end])


def _lists(text: str, node: Node, spots: Mapping[str, int]) -> Iterator[tuple[Sequence, TokenList]]:
    if isinstance(node, Sequence):
        if (sizes := _sizes(node)) is not None:
            yield node, _made(text, node, spots[""], "", sizes)
        return
    if not isinstance(node, MappingNode):
        return
    tokens = get(node, "tokens")
    together = _texts(tokens) if isinstance(tokens, Sequence) else None
    for key, value in node.items:
        name = key.value if isinstance(key, Scalar) else ""
        if not isinstance(value, Sequence) or not value.items:
            continue
        sizes = together if together is not None and len(together) == len(value.items) else _sizes(value)
        if sizes is not None:
            yield value, _made(text, value, spots.get(name, spots[""]), name, sizes)


def _made(text: str, node: Sequence, spot: int, name: str, sizes: tuple[int, ...]) -> TokenList:
    entries = tuple(text[item.span.start : item.span.end] for item in node.items)
    gap = text[node.items[0].span.end : node.items[1].span.start] if len(node.items) > 1 else ","
    return TokenList(spot, name, entries, sizes, gap)


def _sizes(node: Sequence) -> tuple[int, ...] | None:
    """The sizes of entries that are tokens, None where they are something else, or there are none."""
    sizes = []
    for item in node.items:
        token, spelled = get(item, "token"), get(item, "bytes")
        if not isinstance(token, Scalar) or token.style is not Style.JSON_STRING:
            return None
        sizes.append(len(spelled.items) if isinstance(spelled, Sequence) else _size(token))
    return tuple(sizes) or None


def _texts(node: Sequence) -> tuple[int, ...] | None:
    if all(isinstance(item, Scalar) and item.style is Style.JSON_STRING for item in node.items):
        return tuple(_size(item) for item in node.items if isinstance(item, Scalar))
    return None


def _size(token: Scalar) -> int:
    return len(token.value.encode("utf-8", "surrogatepass"))
