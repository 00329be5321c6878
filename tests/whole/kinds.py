"""A site in which every kind of page stands: each template, in both languages, and what only some dossiers have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gebiedswerk.app.adopt import adopt
from gebiedswerk.app.publish import publish
from gebiedswerk.pages.source import source_postings
from tests.app.test_adopt import SLUG, deliver_again
from tests.town import TEXT, append, edit
from tests.whole.test_languages import with_english
from tests.work import with_work

QUESTION = """\
id,corrects,figure,question,asked_on,asked_by,answer,answered_on
V1,,figure:result/NRD@2025,Waarom minder?,2026-06-01,council,Een deel volgt later.,2026-06-08
"""
KINDS = {
    "home": "index.html",
    "publication": f"publicaties/{SLUG}/index.html",
    "chapter without a translation": f"en/publicaties/{SLUG}/bijlage.html",
    "publication in English": f"en/publicaties/{SLUG}/index.html",
    "versions and what changed": f"publicaties/{SLUG}/versies/index.html",
    "earlier version": f"publicaties/{SLUG}/versies/1/index.html",
    "area": "gebieden/noorderwijk/index.html",
    "area in English": "en/gebieden/noorderwijk/index.html",
    "area in a year": "gebieden/noorderwijk/2025/index.html",
    "initiative": "gebieden/noorderwijk/initiatieven/moestuin-noord.html",
    "lapse calendar": "kalender/index.html",
    "source of a line, with a question": "cijfers/noorderwijk/2025.html",
    "source in English": "en/cijfers/noorderwijk/2025.html",
    "source of the whole": "cijfers/totaal/2025.html",
    "source of an area": "cijfers/gebied-oosteinde/2025.html",
    "restated source": "herzien/cijfers/noorderwijk/2025.html",
    "page of postings": "cijfers/stadsbreed/2025/costs/boekingen-2.html",
    "sums per period": "cijfers/noorderwijk/2024.html",
    "delivered files": "bronnen/index.html",
    "map of the site": "sitemap.html",
    "words": "begrippen.html",
    "index": "zoeken.html",
    "moved": "oud/adres.html",
}
"""What a kind of page is called → one such page."""


def every_kind(folder: Path) -> Path:
    """Publish the small example twice, with all that a dossier may hold; lists are short, so that they have pages."""
    dossier = with_work(with_english(folder / "town"))
    append(dossier, "dossier.toml", "\n[site]\nsearch = true")
    (dossier / "publications" / SLUG / "bijlage.md").write_text("# Bijlage\n\n## Woorden\n\nDe uitleg.\n", "utf-8")
    (dossier / "questions.csv").write_text(QUESTION)
    (dossier / "redirects.csv").write_text("old,new,note\n/oud/adres.html,/gebieden/noorderwijk/index.html,\n")
    adopt(dossier, SLUG, None, "R2026-06")
    deliver_again(dossier, 12_345)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source_postings, "ON_A_PAGE", 2)
        patch.setattr(source_postings, "LISTED", 4)
        for version in (1, 2):
            edit(dossier, TEXT, "Wie meer wil weten", "Wie nog meer wil weten") if version > 1 else None
            published, faults = publish(dossier, folder / "live")
            assert published is not None, faults
    return folder / "live" / "live" / "site"


def template_of(page: Path) -> str:
    """The template of which a page is made, as its `main` says."""
    found = re.search(r'<main class="page-([a-z]+)"', page.read_text("utf-8"))
    return found[1] if found else ""
