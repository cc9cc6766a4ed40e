"""`python -m cassette_cli` is `cassette`."""

from cassette_cli.cli import main

if __name__ == "__main__":
    main()
