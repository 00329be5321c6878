"""Fuzz one kind of file, guided by coverage: `python -m tests.fuzz.run csv -max_total_time=60`.

What follows the kind goes to libFuzzer (https://llvm.org/docs/LibFuzzer.html). The corpus grows in `build/fuzz/<kind>`,
and an input that breaks a promise is written there as `found-...`. Needs atheris: Linux on x86-64.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["gebiedswerk", "zipfile", "tomllib"]):
    from tests.fuzz.mutations import CHANGES
    from tests.fuzz.promises import PROMISES
    from tests.fuzz.seeds import SEEDS

LONGEST = {"csv": 4096, "xlsx": 32_768, "xaf": 16_384, "profile": 2048, "table": 2048}


def main(kind: str, options: list[str]) -> None:
    """Fuzz until something breaks or the time is over."""
    corpus = Path("build/fuzz") / kind
    corpus.mkdir(parents=True, exist_ok=True)
    for at, seed in enumerate(SEEDS[kind]()):
        (corpus / f"seed-{at}").write_bytes(seed)
    change = CHANGES[kind]

    def changed(data: bytes, most: int, seed: int) -> bytes:
        return change(data, most, seed, atheris.Mutate)

    limits = [f"-max_len={LONGEST[kind]}", "-timeout=20", "-rss_limit_mb=3000", f"-artifact_prefix={corpus}/found-"]
    atheris.Setup([sys.argv[0], *limits, *options, str(corpus)], PROMISES[kind], custom_mutator=changed)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
