"""Lossless text: spans, edits, trees with places, and the lenses between nested texts."""
