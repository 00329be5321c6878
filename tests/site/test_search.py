"""The index of Pagefind is part of the site: the same pages give the same bytes, and nothing needless goes along."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gebiedswerk.app.build import build
from gebiedswerk.assembly.made import make
from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.dossier import House
from gebiedswerk.pages import AreaPage
from gebiedswerk.site import write
from gebiedswerk.site.search import in_order, search_files
from tests.app.test_adopt import SLUG
from tests.town import append
from tests.whole.test_build import tree

pytest.importorskip("pagefind", reason="Pagefind is an extra: pip install gebiedswerk[search]")
PAGE = '<!DOCTYPE html><html lang="nl"><title>{0}</title><body><nav>menu</nav><main><h1>{0}</h1><p>{1}</p></main>'
TEXTS = {f"gebieden/{name}/index.html": PAGE.format(name, f"Wat {name} kreeg.") for name in ("noord", "zuid", "west")}


def test_the_same_pages_give_the_same_index() -> None:
    """In another order, in another folder: the same names and bytes."""
    found = search_files(TEXTS)
    assert found == search_files(dict(reversed(TEXTS.items())))
    assert {"pagefind/pagefind.js", "pagefind/pagefind-entry.json", "pagefind/wasm.nl.pagefind"} <= set(found)
    assert not [name for name in found if "ui" in name or "worker" in name or "highlight" in name]


def test_the_order_of_languages_is_ours() -> None:
    """Pagefind names the languages in either order; the entry of the index has one."""
    english = {f"en/{place}": text.replace('lang="nl"', 'lang="en"') for place, text in TEXTS.items()}
    entry = search_files(TEXTS | english)["pagefind/pagefind-entry.json"]
    assert list(json.loads(entry)["languages"]) == ["en", "nl"]
    assert (
        in_order(b'{"a": {"nl": 1, "en": 2}}') == in_order(b'{"a": {"en": 2, "nl": 1}}') == b'{"a": {"en": 2, "nl": 1}}'
    )


def test_another_word_gives_another_index() -> None:
    changed = TEXTS | {"gebieden/zuid/index.html": PAGE.format("zuid", "Een speeltuin.")}
    assert search_files(changed) != search_files(TEXTS)


def test_an_incremental_build_keeps_or_renews_the_index(klein: Path, tmp_path: Path) -> None:
    """Unchanged pages keep it, a changed one renews it, and both equal a build from nothing."""
    append(klein, "dossier.toml", "\n[site]\nsearch = true")
    first, faults = build(klein, tmp_path / "out")
    assert first is not None, faults
    former = tree(first.site)
    again, _ = build(klein, tmp_path / "out")
    assert again is not None and again.rendered == () and tree(again.site) == former
    append(klein, f"publications/{SLUG}/index.md", "\nEen speeltuin.")
    renewed, _ = build(klein, tmp_path / "out", jobs=2)
    fresh, _ = build(klein, tmp_path / "fresh")
    assert renewed is not None and fresh is not None
    assert tree(renewed.site) == tree(fresh.site) != former


def test_a_page_that_is_gone_is_found_no_more(klein: Path, tmp_path: Path) -> None:
    """The pages that stay are the same, and the index is still that of a build from nothing."""
    made = make(open_dossier(klein))
    assert made is not None
    house, areas = House(search=True), [page for page in made.pages if isinstance(page, AreaPage)][:3]
    write(areas, (), tmp_path / "out", house=house)
    renewed, fresh = (write(areas[1:], (), tmp_path / name, house=house) for name in ("out", "fresh"))
    assert renewed.rendered == ()
    assert tree(renewed.site) == tree(fresh.site)


def test_a_house_reaches_the_pages(klein: Path, tmp_path: Path) -> None:
    """The logo stands in the masthead, the tokens behind our sheets, the files beside them; no script."""
    (klein / "site").mkdir()
    (klein / "site" / "merk.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z"/></svg>')
    (klein / "site" / "tokens.css").write_text(":root { --gap: 2rem; }")
    append(klein, "dossier.toml", '\n[site]\nlogo = "merk.svg"')
    built, faults = build(klein, tmp_path / "out")
    assert built is not None, faults
    assert '<img src="assets/house/merk.svg" alt=""' in (built.site / "index.html").read_text("utf-8")
    assert (built.site / "assets/style.css").read_text("utf-8").endswith("@media screen{:root{--gap:2rem;}}\n")
    assert (built.site / "assets/house/merk.svg").is_file()
    assert not (built.site / "pagefind").exists() and not (built.site / "assets/search.js").exists()
