"""Embeddings: a vector is thousands of numbers that say nothing to a reader, so its length stands for it."""

from cassette_cli.conversation import Json, Unknown


def embedding(vector: Json) -> Unknown:
    """A vector as a part: {"dimensions": 768}. What is no list of numbers is kept as it is."""
    return Unknown("embedding", {"dimensions": len(vector)} if isinstance(vector, list) else vector)
