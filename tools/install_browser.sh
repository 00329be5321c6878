#!/bin/sh
# Chromium, Java (for the HTML checker) and OpenSSH (for signatures) for the tests: installed as root, else named.
# Never a failure, for the tests skip without them.
set -eu

missing=
command -v chromium >/dev/null || missing="chromium"
command -v java >/dev/null || missing="$missing default-jre-headless"
command -v ssh-keygen >/dev/null || missing="$missing openssh-client"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing for the tests: $missing"
    apt-get update -qq </dev/null || true  # without a fresh list an older one may still do
    # shellcheck disable=SC2086  # one word for each package
    if DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends -qq $missing </dev/null >/dev/null
    then
        exit 0
    fi
fi
echo "Tests that need these will be skipped. On Debian: sudo apt-get install $missing"
