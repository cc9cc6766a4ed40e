"""Recordings and their diffs as a page of HTML that needs nothing but itself."""
