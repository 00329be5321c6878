#!/bin/sh
# Chromium for the browser tests: installed as root, else named. Never a failure, for the tests skip without it.
set -eu

command -v chromium >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing chromium for the browser tests."
    apt-get update -qq </dev/null || true  # without a fresh list an older one may still do
    if DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends -qq chromium </dev/null >/dev/null
    then
        exit 0
    fi
fi
echo "No chromium: the browser tests will be skipped. On Debian: sudo apt-get install chromium"
