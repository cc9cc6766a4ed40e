"""Manual pages, made from the commands by `python -m man`."""
