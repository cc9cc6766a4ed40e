"""Modules that are there by name, each imported when it is first needed: most runs need few of them."""

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any, TypeVar, overload

Known = TypeVar("Known")


class Registry(Sequence[Known]):
    """The modules of a package that have these names, in this order. Who goes through them until one fits imports those
    before it, and no more."""

    def __init__(self, package: str, names: Sequence[str]) -> None:
        self._package = package
        self._names = names
        self._modules: list[Any] = []

    def __len__(self) -> int:
        return len(self._names)

    @overload
    def __getitem__(self, place: int) -> Known: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Known]: ...
    def __getitem__(self, place: int | slice) -> Known | Sequence[Known]:
        return list(self)[place]

    def __iter__(self) -> Iterator[Known]:
        for place, name in enumerate(self._names):
            if place == len(self._modules):
                self._modules.append(import_module(f"{self._package}.{name}"))
            yield self._modules[place]
