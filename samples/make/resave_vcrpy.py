"""Loads the recordings that standard input names, a path a line, with VCR.py, and saves them as it does, in place."""

import sys
from pathlib import Path

from vcr.persisters.filesystem import FilesystemPersister
from vcr.serializers import yamlserializer

for line in sys.stdin:
    path = Path(line.rstrip("\n"))
    requests, responses = FilesystemPersister.load_cassette(path, yamlserializer)
    held = {"requests": requests, "responses": responses}
    FilesystemPersister.save_cassette(path, held, yamlserializer)
