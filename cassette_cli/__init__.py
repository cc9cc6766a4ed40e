"""Read, review and edit recorded HTTP.

The names in `__all__` are for other programs, and described in docs/library.md; all others may change at any time. What
they need is imported when one of them is used, so that `import cassette_cli` costs next to nothing.
"""

__version__ = "0.1.0"

# As typing's, which would cost more to import than all else here.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from cassette_cli.library import (
        Cassette,
        CassetteError,
        FileDiff,
        Interaction,
        Prompt,
        Reply,
        Verdict,
        diff,
        load,
        prompt,
        rechunk,
        redact,
        reply,
        save,
    )
else:  # where type checkers do not look: to them, other names are errors

    def __getattr__(name: str) -> object:
        """A name of the library (PEP 562). Raises AttributeError for any other."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from cassette_cli import library

        return getattr(library, name)


__all__ = [
    "Cassette",
    "CassetteError",
    "FileDiff",
    "Interaction",
    "Prompt",
    "Reply",
    "Verdict",
    "diff",
    "load",
    "prompt",
    "rechunk",
    "redact",
    "reply",
    "save",
]


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
