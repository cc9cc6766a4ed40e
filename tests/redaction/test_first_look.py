"""A first look says no only where the exact search finds nothing, whatever the text."""

import builtins
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planted import secret
from specimens import SPECIMENS

from cassette_cli import files
from cassette_cli.model import Cassette
from cassette_cli.redaction import base64_text, first_look
from cassette_cli.redaction.assignments import Assignments
from cassette_cli.redaction.catalogue import RULES
from cassette_cli.redaction.first_look import FirstLook
from cassette_cli.redaction.shapes import Shapes
