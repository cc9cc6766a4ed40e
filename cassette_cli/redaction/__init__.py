"""Finding secrets through every layer of a recording, and replacing just them."""
