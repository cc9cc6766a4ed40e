"""What differs between recordings, for people and for programs."""
