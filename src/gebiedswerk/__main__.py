"""`python -m gebiedswerk` is the command line."""

import sys

from gebiedswerk.cli import main

sys.exit(main())
