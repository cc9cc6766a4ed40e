"""Three versions of a cassette made one, interaction by interaction."""
