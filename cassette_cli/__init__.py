"""Read, review and edit recorded HTTP."""

__version__ = "0.1.0"
