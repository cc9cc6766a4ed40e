"""Every recorded reply is what the vendor's own SDK makes of it; where it is not, the kind is named with the reason."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

# What the judge leaves out, and we do not: Cohere's `tool_plan` is what the model says to itself before it calls tools
# ("I will roll the dice."), and its newer models send the same words as a block of thinking
# (https://docs.cohere.com/docs/tool-use-overview). The SDK has no accumulator; the field is dropped by the judge alone.
# By protocol: the field, the judge's name for our reading, and the number of replies.
OUR_READINGS = {("cohere.chat_v2", "reasoning", "tool_plan as reasoning"): 7}


def test_replies_are_those_of_the_vendors_sdks(corpus: Path, oracle: Path, tmp_path: Path) -> None:
    dump = tmp_path / "differences.jsonl"
    tool = f"{sys.executable} -m cassette_cli show --json {{files}}"
    command = [sys.executable, str(oracle / "compare.py"), "--tool", tool, "--plain", "--accept-alts"]

    run = subprocess.run([*command, "--dump", str(dump)], capture_output=True, encoding="utf-8", check=False)

    assert run.returncode == 0, run.stdout + run.stderr
    assert "agreement with documented alternates: 1703 of 1703" in run.stdout
    rows = [json.loads(line) for line in dump.read_text(encoding="utf-8").splitlines()]
    assert Counter((row["protocol"], row["field"], row["alt"]) for row in rows) == OUR_READINGS
