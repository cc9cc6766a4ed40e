"""The laws of every reading, on every recording at hand, whatever its protocol."""

from collections import Counter
from pathlib import Path

from proof.reply_laws import events_of_frames
from reading import check_laws

from cassette_cli.errors import CassetteError
from cassette_cli.exchange import exchange
from cassette_cli.files import load


def test_the_laws_hold_on_real_recordings(corpus: Path) -> None:
    read: Counter[str] = Counter()
    for cassette in load([str(corpus)]):
        if isinstance(cassette, CassetteError):  # of a recorder that is not read
            continue
        for interaction in cassette.interactions:
            found = exchange(interaction)
            if found.reading and found.protocol:
                check_laws(events_of_frames(found), found.reading)
                read[found.protocol] += 1
    assert read["openai.chat_completions"] > 800
    assert read["anthropic.messages"] > 200
