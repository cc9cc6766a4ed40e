"""Registries import what is asked for, and what they hold is what it must be."""

import inspect
import subprocess
import sys
from types import ModuleType
from typing import Any

import pytest

from cassette_cli.protocols import PROTOCOLS
from cassette_cli.protocols.base import ProtocolModule
from cassette_cli.recorders import RECORDERS
from cassette_cli.recorders.base import Recorder
from cassette_cli.registry import Registry

EACH = [(kind, module) for kind, held in ((ProtocolModule, PROTOCOLS), (Recorder, RECORDERS)) for module in held]


@pytest.mark.parametrize(("kind", "module"), EACH, ids=[str(vars(module)["__name__"]) for _, module in EACH])
def test_a_module_is_what_it_is_registered_as(kind: type, module: Any) -> None:
    """Modules are found by name, so no type checker sees it."""
    assert all(hasattr(module, name) for name in kind.__annotations__)
    for name, wanted in inspect.getmembers(kind, inspect.isfunction):
        if not name.startswith("_"):
            given = inspect.signature(getattr(module, name)).parameters.values()
            shape = [(each.name, each.kind) for each in given]
            assert shape == [(each.name, each.kind) for each in inspect.signature(wanted).parameters.values()][1:]


def test_it_reads_like_a_list() -> None:
    held: Registry[ModuleType] = Registry("json", ["decoder", "scanner"])
    assert len(held) == 2
    assert [each.__name__ for each in held] == ["json.decoder", "json.scanner"]
    assert held[1].__name__ == "json.scanner"
    assert held[:1] == [held[0]]


def test_what_comes_after_the_one_that_fits_is_not_imported() -> None:
    code = (
        "import sys; from cassette_cli.registry import Registry\n"
        "next(iter(Registry('xml', ['dom', 'sax']))); print('xml.dom' in sys.modules, 'xml.sax' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "True False\n"
