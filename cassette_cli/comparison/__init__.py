"""What differs between two recordings, and how much it matters. Values in, values out: nothing here reads or prints."""
