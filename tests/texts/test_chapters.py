"""The pages of a publication stand in the order of the law, whatever their names or the order of the settings."""

from __future__ import annotations

from pathlib import Path

from gebiedswerk.assembly.opened import open_dossier
from gebiedswerk.language.messages import Messages
from gebiedswerk.texts.chapters import Chapter, around, chapters, groups
from gebiedswerk.texts.markdown import anchored, parts, slug
from tests.app.test_adopt import SLUG
from tests.town import append

PAGES = {"z-lasten": "accounts", "bijlage": "annexes", "wonen": "programmes", "gebieden": "paragraphs", "los": ""}


def found(klein: Path) -> list[Chapter]:
    """The example with five pages more, four of them listed."""
    folder = klein / "publications" / SLUG
    for name, part in PAGES.items():
        (folder / f"{name}.md").write_text(f"# {name.title()}\n\n## Een\n\n## Twee\n\n## Een\n", "utf-8")
        if part:
            append(klein, f"publications/{SLUG}/publication.toml", f'\n[[pages]]\nfile = "{name}"\npart = "{part}"')
    opened = open_dossier(klein)
    assert opened.sound, opened.faults
    return chapters(opened.views[0], "nl")


def test_parts_stand_in_the_order_of_the_law(klein: Path) -> None:
    """First the opening page, then programmes, paragraphs, accounts, annexes, and last what is not listed."""
    assert [one.name for one in found(klein)] == ["index", "wonen", "gebieden", "z-lasten", "bijlage", "los"]


def test_a_page_knows_its_neighbours_and_headings(klein: Path) -> None:
    pages = found(klein)
    one = around(pages[2], pages, Messages("nl"))
    assert (one["previous"], one["next"]) == (pages[1].link, pages[3].link)
    assert (
        around(pages[0], pages, Messages("nl"))["previous"] is around(pages[5], pages, Messages("nl"))["next"] is None
    )
    assert [link.href.partition("#")[2] for link in one["contents"]] == ["s-een", "s-twee", "s-een-2"]
    assert [group.title for group in groups(pages, Messages("nl"))][:3] == ["", "Programma’s", "Paragrafen"]


def test_a_publication_of_one_page_has_no_side(klein: Path) -> None:
    pages = chapters(open_dossier(klein).views[0], "nl")
    one = around(pages[0], pages, Messages("nl"))
    assert (one["side"], one["previous"], one["next"]) == ((), None, None)


def test_anchors_are_plain_and_never_twice_the_same() -> None:
    """Accents go, signs become hyphens; what leaves nothing still has an anchor."""
    assert [slug(words) for words in ("Financiën", "Wonen & werken (2)", "—")] == ["financien", "wonen-werken-2", "-"]
    assert [one.anchor for one in anchored(parts("# Een\n\n## Eén\n"))[1]] == ["s-een", "s-een-2"]
