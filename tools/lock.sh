#!/bin/sh
# Pin what pyproject.toml asks for, for Python 3.11 to 3.13 on every system: tools/lock.sh [--upgrade]
set -eu

lock() {
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
        --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" "$@" pyproject.toml
}

lock --extra search --output-file requirements.lock "$@"
lock --extra search --extra dev --constraint requirements.lock --output-file requirements-dev.lock "$@"
