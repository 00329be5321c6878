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
from gebiedswerk.site.search import in_order, search_files, words_of
from gebiedswerk.site.write_site import WORDS
from tests.app.test_adopt import SLUG
from tests.town import add_to_posting, append, export_rows
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


FIGURES = """<!DOCTYPE html><html lang="nl"><head><title>West &amp; co</title></head><body><nav>menu</nav><main>
<h1 id="a">West</h1><p>Er is <a href="../../cijfers/gebied-west/2019.html#budget">€ 1.234</a> begroot,
waarvan €&nbsp;5,00 in 2019 en 12 bomen. Zie <a href="../noord/index.html">Noord</a>,
bijgewerkt <time datetime="2020-01-01">1 januari 2020</time>.</p><table><tr>
<th scope="row"><a href="../../cijfers/west/2019.html">Speeltuin 2</a></th>
<td class="amount below">−1.000</td></tr></table>
<figure><svg><title>Van 3</title><text>7.000</text></svg><figcaption>Grafiek in 1.000 euro</figcaption></figure>
</main></body></html>"""


def test_words_hold_no_figures() -> None:
    """Amounts, figures, charts and moments are gone; names, years, headings and other numbers stay."""
    found = words_of(FIGURES)
    assert found.startswith('<!DOCTYPE html><html lang="nl"><head><title>West &amp; co</title></head><body><main>')
    for gone in ("1.234", "5,00", "1 januari", "−1.000", "1.000", "7.000", "Van 3", "menu"):
        assert gone not in found, gone
    for kept in (
        '<h1 id="a">West',
        "waarvan",
        "in 2019 en 12 bomen",
        "Noord",
        "Grafiek in",
        "bijgewerkt",
        "Speeltuin 2",
    ):
        assert kept in found, kept
    assert words_of(found) == found


def test_another_amount_keeps_the_index(klein: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another figure changes pages and no index: Pagefind is not asked, and would have made the same."""
    append(klein, "dossier.toml", "\n[site]\nsearch = true")
    out = tmp_path / "out"
    build(klein, out)
    row = next(n for n, r in enumerate(export_rows(klein), start=2) if r["Boekjaar"] + r["Kostenplaats"] == "20247130")
    add_to_posting(klein, row, 10_000)
    with monkeypatch.context() as without:
        without.setattr("gebiedswerk.site.write_site.search_files", lambda texts: pytest.fail("asked again"))
        built, faults = build(klein, out)
    fresh, _ = build(klein, tmp_path / "fresh")
    assert built is not None and fresh is not None, faults
    assert "gebieden/havenkwartier/index.html" in built.rendered
    assert tree(built.site) == tree(fresh.site)


@pytest.mark.parametrize("spoil", ["older", "gone", "cut"])
def test_what_is_remembered_of_words_may_be_lost(klein: Path, tmp_path: Path, spoil: str) -> None:
    """An older one, none, or half of it: the index is that of the pages."""
    append(klein, "dossier.toml", "\n[site]\nsearch = true")
    out = tmp_path / "out"
    build(klein, out)
    older = (out / WORDS).read_bytes()
    append(klein, f"publications/{SLUG}/index.md", "\nEen speeltuin.")
    build(klein, out)
    (out / WORDS).write_bytes({"older": older, "gone": b"", "cut": older[:-9]}[spoil])
    text = klein / f"publications/{SLUG}/index.md"
    text.write_text(text.read_text("utf-8").replace("\nEen speeltuin.", ""), "utf-8")
    built, _ = build(klein, out)
    fresh, _ = build(klein, tmp_path / "fresh")
    assert built is not None and fresh is not None
    assert tree(built.site) == tree(fresh.site)
