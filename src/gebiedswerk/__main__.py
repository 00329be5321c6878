"""The way in: `gebiedswerk` and `python -m gebiedswerk`. The version is said without loading the command line."""

import gc
import sys

from gebiedswerk import __version__
from gebiedswerk.streams import open_streams, refused


def main() -> int:
    """Run the command line on the arguments of this process, whatever becomes of its streams."""
    told = open_streams()
    try:
        code = _run()
    except SystemExit as stop:  # what the parser of arguments ends with
        code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    lost = refused(told)
    if lost is not None:
        from gebiedswerk.cli.main import tell_refused

        code = max(code, tell_refused(lost, sys.argv[1:]))
    gc.freeze()  # Python looks through all that is left before it ends: a sixth of the time of a short command
    return code


def _run() -> int:
    if sys.argv[1:] == ["--version"]:
        print(f"gebiedswerk {__version__}")  # noqa: T201 # this is what was asked
        return 0
    gc.disable()  # what is imported stays: to look through it again and again takes a tenth of the time
    from gebiedswerk.cli.main import main as run

    gc.freeze()
    gc.enable()
    return run()


if __name__ == "__main__":
    sys.exit(main())
