"""The sample recordings, for tests that go over all of them."""

from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[1] / "samples"

# Each recorder's are in a folder of its own; beside them lie what makes them, and what Python keeps of that.
RECORDINGS = sorted(path for path in SAMPLES.glob("*/*.*") if path.parent.name not in ("make", "__pycache__"))
