"""Write `examples/groningen`: the published paragraph of 2019 from raw files, made up (`make example`).

What is published fact and what is made up stands in `groningen_town/facts.py` and in the README of the dossier.
"""

from __future__ import annotations

import sys
from pathlib import Path

from examples.groningen_town import decisions, folder, iv3, places, work
from examples.groningen_town.deliveries import delivered

HERE = Path(__file__).parent / "groningen_town"
TEXTS = {
    "index.md": "paragraph.md",
    "index.en.md": "paragraph.en.md",
    "bijlage.md": "annex.md",
    "bijlage.en.md": "annex.en.md",
}
PROGRESS = {"index.md": "progress.md", "index.en.md": "progress.en.md"}


def write(place: Path) -> None:
    """Write the whole dossier below `place`."""
    decisions.check()
    publication, progress = "publications/jaarrekening-2019", "publications/voortgang-2020"
    texts = {
        "README.md": folder.README,
        "dossier.toml": folder.DOSSIER,
        "areas.csv": places.areas(),
        "area_changes.csv": places.changes(),
        "area_parts.csv": places.parts(),
        "budget_lines.csv": folder.budget_lines(),
        "budget_line_years.csv": folder.line_years(),
        "years.csv": folder.YEARS,
        "budgets.csv": decisions.budgets(),
        "attribution.csv": folder.attribution(),
        "keys.csv": folder.keys(),
        "reconciliations.csv": folder.reconciliations(),
        "free_numbers.csv": folder.free_numbers(),
        f"{publication}/publication.toml": folder.PUBLICATION,
        f"{progress}/publication.toml": folder.PROGRESS,
        **{f"{progress}/{name}": (HERE / text).read_text("utf-8") for name, text in PROGRESS.items()},
        **{f"{publication}/{name}": (HERE / text).read_text("utf-8") for name, text in TEXTS.items()},
        **work.tables(),
        **{f"site/{path.name}": path.read_text("utf-8") for path in sorted(HERE.glob("site/*"))},
        **{f"geo/{path.name}": path.read_text("utf-8") for path in sorted(HERE.glob("geo/*.geojson"))},
        **{f"profiles/{name}.toml": text for name, text in folder.PROFILES.items()},
    }
    files = {name: text.encode() for name, text in texts.items()} | delivered() | iv3.files()
    for name, data in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(data)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "groningen")
