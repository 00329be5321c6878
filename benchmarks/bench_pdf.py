"""A PDF of some 300 pages against bare typst: the same source, compiled straight from inputs that are there.

`python benchmarks/bench_pdf.py 20 1` measures so many chapters in so many rounds.
"""

from __future__ import annotations

import os
import pickle
import sys
import tempfile
from pathlib import Path
from typing import Any

from measure import measure, report, row
from pages import contents, model

CHAPTERS, ROUNDS = 60, 3
"""A chapter (four paragraphs, a table of 30 rows) fills some five pages."""
BARE = """
import pickle, sys, typst
from pathlib import Path
source, options = pickle.loads(Path(sys.argv[1]).read_bytes())
Path(sys.argv[2]).write_bytes(typst.compile(source, **options))
"""


def ours(count: int) -> bytes:
    """Our PDF, from page models."""
    from gebiedswerk.documents.content import chapter
    from gebiedswerk.documents.pdf import pdf_bytes
    from gebiedswerk.language.messages import Messages
    from gebiedswerk.pages import PublicationPage

    areas = [model(one) for one in contents(count)]
    pages = [
        PublicationPage(one.frame, tuple(block for part in one.sections for block in part.blocks)) for one in areas
    ]
    chapters = [chapter(page) for page in pages]
    return pdf_bytes("Jaarverslag", "Gebiedsgericht werken", "Gemeente", chapters, (), None, "", Messages("nl"))


def inputs(count: int) -> bytes:
    """What we hand to typst, kept: the source and all options."""
    import typst

    kept: list[Any] = []
    compiled = typst.compile
    typst.compile = lambda source, **options: kept.append((source, options)) or compiled(source, **options)
    ours(count)
    typst.compile = compiled
    return pickle.dumps(kept[0])


def main(folder: Path, count: int, rounds: int) -> None:
    """Keep the inputs, measure both, and write the report."""
    (folder / "inputs").write_bytes(inputs(count))
    commands = {
        "bare": [sys.executable, "-c", BARE, str(folder / "inputs"), str(folder / "bare.pdf")],
        "ours": [sys.executable, __file__, str(folder / "ours.pdf"), str(count)],
    }
    found = measure(commands, os.environ, rounds=rounds)
    if (folder / "bare.pdf").read_bytes() != (folder / "ours.pdf").read_bytes():
        raise SystemExit("The two are not the same document.")
    rows = [
        row("bare typst, from inputs that are there", found["bare"]),
        row("ours, from text to page models to PDF/UA-1", found["ours"], found["bare"], "2 times"),
    ]
    report(
        "PDF",
        rows,
        f"{count} chapters, {length(folder / 'ours.pdf')} pages, {rounds} rounds, the same bytes from both.",
    )


def length(path: Path) -> int:
    """How many pages a PDF has."""
    from pypdf import PdfReader

    return len(PdfReader(path).pages)


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1].endswith(".pdf"):
        Path(sys.argv[1]).write_bytes(ours(int(sys.argv[2])))
    else:
        chapters, rounds = (int(sys.argv[1]), int(sys.argv[2])) if len(sys.argv) == 3 else (CHAPTERS, ROUNDS)
        with tempfile.TemporaryDirectory() as folder:
            main(Path(folder), chapters, rounds)
