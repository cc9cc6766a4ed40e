"""What models give that is no text: embeddings and images.

https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed.html
https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-image.html

    {"embedding": [0.1, ...], "embeddingsByType": {"float": [0.1, ...]}, "inputTextTokenCount": 2}     Titan
    {"embeddings": [[0.1, ...]]} or {"embeddings": {"float": [[0.1, ...]]}}                            Cohere
    {"embeddings": [{"embeddingType": "TEXT", "embedding": [0.1, ...]}]}                               Nova
    {"images": ["iVBORw0KGgo..."]}, {"artifacts": [{"base64": "iVBORw0KGgo...", "finishReason": "SUCCESS"}]}
"""

from collections.abc import Iterator
from itertools import chain

from cassette_cli.conversation import Json, Part, Unknown
from cassette_cli.protocols.base import list_at, text_at, without
from cassette_cli.protocols.shared.embedding import embedding
from cassette_cli.protocols.shared.media import of_base64

# A part, and what else its provider says of it.
Output = tuple[Part, dict[str, Json]]

FIELDS = ("embedding", "embeddingsByType", "embeddings", "images", "artifacts")


def outputs(value: dict[str, Json]) -> list[Output]:
    """The vectors and images of an object, in order; none where it has neither."""
    return list(chain(_vectors(value), _images(value)))


def _vectors(value: dict[str, Json]) -> Iterator[Output]:
    if isinstance(value.get("embedding"), list):
        yield embedding(value["embedding"]), {}
    by_type = value.get("embeddingsByType")
    for name, vector in by_type.items() if isinstance(by_type, dict) else ():
        yield embedding(vector), {"type": name}
    many = value.get("embeddings")
    for name, vectors in many.items() if isinstance(many, dict) else ():
        yield from ((embedding(vector), {"type": name}) for vector in list_at(vectors))
    for item in list_at(many):
        if isinstance(item, dict):
            yield embedding(item.get("embedding")), without(item, ("embedding",))
        else:
            yield embedding(item), {}


def _images(value: dict[str, Json]) -> Iterator[Output]:
    for image in list_at(value, "images"):
        yield of_base64("image", image) if isinstance(image, str) else Unknown("image", image), {}
    for item in list_at(value, "artifacts"):
        data = text_at(item, "base64")
        part: Part = Unknown("image", item) if data is None else of_base64("image", data)
        yield part, {} if data is None else without(item, ("base64",))
