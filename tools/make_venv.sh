#!/bin/sh
# Make the virtual environment: tools/make_venv.sh FOLDER
# Takes the first complete Python 3.11 to 3.13. What is missing it installs as root, and names otherwise.
set -eu

venv=$1
packages="python3 python3-venv"

suits() {
    "$1" -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
}

suitable_python() {
    for python in python3.11 python3.12 python3.13 python3; do
        if suits "$python"; then
            echo "$python"
            return
        fi
    done
    return 1
}

if [ -x "$venv/bin/python" ] && suits "$venv/bin/python" && "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    exit 0
fi
if ! python=$(suitable_python); then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "No Python 3.11 to 3.13 with venv: installing $packages."
        apt-get update -qq </dev/null || true  # without a fresh list an older one may still do
        # shellcheck disable=SC2086  # two words, two packages
        DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends -qq $packages </dev/null || true
    fi
    if ! python=$(suitable_python); then
        echo "Gebiedswerk needs Python 3.11, 3.12 or 3.13 with its venv module. On Debian 12:" >&2
        echo "    sudo apt-get install $packages" >&2
        exit 1
    fi
fi
echo "Making $venv with $python."
"$python" -m venv --clear "$venv"
