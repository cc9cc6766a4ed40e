"""Is a recording sound? registry.py has all checks; importing it takes what they need."""
