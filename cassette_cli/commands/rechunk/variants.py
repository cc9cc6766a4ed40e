"""The names of variants: what was done, never what a recording says.

multi_tool.yaml, by random:1-5 and seed 7, with CRLF     multi_tool.random-1-5.seed7.crlf.yaml
"""

import os

from cassette_cli.rechunking.proven import AS_RECORDED, Recipe
from cassette_cli.rechunking.strategies import strategy


def name_of(path: str, recipe: Recipe) -> str:
    """The file name of a variant of the recording at `path`."""
    stem, extension = os.path.splitext(os.path.basename(path))
    parts = [stem]
    if recipe.by != AS_RECORDED or not recipe.noise:
        parts.append(recipe.by.replace(":", "-"))
    if strategy(recipe.by)[0].draws:
        parts.append(f"seed{recipe.seed}")
    parts += [each.spec.replace(":", "-") for each in recipe.noise]
    return ".".join(parts) + extension
