"""The way in: `gebiedswerk` and `python -m gebiedswerk`. The version is said without loading the command line."""

import sys

from gebiedswerk import __version__


def main() -> int:
    """Run the command line on the arguments of this process."""
    if sys.argv[1:] == ["--version"]:
        print(f"gebiedswerk {__version__}")  # noqa: T201 # this is what was asked
        return 0
    from gebiedswerk.cli import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
