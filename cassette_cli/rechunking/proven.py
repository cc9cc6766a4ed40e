"""Streams cut anew, and the proof that the reply is what it was: it is read again from the new text, and compared."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from cassette_cli.conversation import Anomaly, Channel
from cassette_cli.document.lens import Change
from cassette_cli.errors import CassetteError, InternalError, Where
from cassette_cli.exchange import Exchange, exchange
from cassette_cli.lengths import lengths
from cassette_cli.model import Cassette
from cassette_cli.proof import prove
from cassette_cli.rechunking.events import Item, rewritten

# Makes the new events of an exchange; `breaks` are events whose pieces must not be gathered where others are.
Make = Callable[[Exchange, Collection[int]], Sequence[Item]]
