"""Inputs that nobody meant, and what must hold for all of them. `python -m tests.fuzz --help` looks for new ones."""
