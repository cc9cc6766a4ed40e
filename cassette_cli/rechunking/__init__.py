"""Streamed replies cut anew: other pieces, other noise, the same reply."""
