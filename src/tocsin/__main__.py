"""The command line for `python -m tocsin`, where the command itself is not on the path."""

from tocsin.cli import main

if __name__ == "__main__":
    main()
