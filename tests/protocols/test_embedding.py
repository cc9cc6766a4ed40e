"""Vectors are shown by their length."""

import pytest

from cassette_cli.conversation import Json, Unknown
from cassette_cli.protocols.shared.embedding import embedding


@pytest.mark.parametrize(
    ("vector", "data"),
    [([0.5, -1, 2e-5], {"dimensions": 3}), ([], {"dimensions": 0}), (None, None), ("AACAPw==", "AACAPw==")],
)
def test_embedding(vector: Json, data: Json) -> None:
    assert embedding(vector) == Unknown("embedding", data)
