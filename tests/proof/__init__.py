"""The laws of the project, held against any folder of recordings: `python -m tests.proof FOLDER...`."""

import sys
from pathlib import Path

# As a program this stands beside the helpers of other tests as pytest puts them: each folder is a place to import from.
TESTS = Path(__file__).resolve().parents[1]
for _folder in (TESTS / "protocols", TESTS.parent, TESTS):
    if str(_folder) not in sys.path:
        sys.path.insert(0, str(_folder))
