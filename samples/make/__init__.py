"""Makes the recordings of samples/ with the real recorders; README.md of samples/ says how to run it."""
