"""How fast `cassette` is beside others that read the same recordings: `python -m benchmarks --help`.

Every number is a ratio of two things measured by turns in one run on one machine; no test asserts any of them.
"""
