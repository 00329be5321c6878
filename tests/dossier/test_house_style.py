"""A house style is let in when it is harmless and can be read; everything else is refused, and said where."""

from __future__ import annotations

from pathlib import Path

import pytest

from gebiedswerk.dossier import House, read
from gebiedswerk.dossier.checks import contrast as checks
from gebiedswerk.dossier.css_tokens import NoToken, Token, contrast, is_value, resolved, tokens
from gebiedswerk.dossier.house_style import read_house
from gebiedswerk.dossier.settings import FontSettings, SiteSettings
from gebiedswerk.site.own_style import sheet

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4">{}</svg>'
SHEET = """/* Wilgendam */
.wilgendam-theme, :root {
  --link: #004b87; --font-text: "Letter", sans-serif;
}
@media (prefers-color-scheme: dark) { :root { --link: var(--field-2) } }
"""


def found(css: str) -> list[tuple[str, str, bool, int]]:
    read = list(tokens(css))
    assert all(isinstance(one, Token) for one in read), read
    return [(one.name, one.value, one.dark, one.line) for one in read if isinstance(one, Token)]


def test_tokens_are_read_with_their_scheme_and_line() -> None:
    assert found(SHEET) == [
        ("--link", "#004b87", False, 3),
        ("--font-text", '"Letter", sans-serif', False, 3),
        ("--link", "var(--field-2)", True, 5),
    ]


@pytest.mark.parametrize(
    "css",
    [
        "@import url(x.css);",
        "body { --ink: #000 }",
        ":root { color: red }",
        ":root { --ink: url(//example.org) }",
        ":root { --ink: URL ( 'x' ) }",
        ":root { --ink: #000; } </style>",
        ":root { --ink: \\75rl(x) }",
        ":root { --ink: #000",
        ":root { --ink: 'x }",
        ":root { --ink: (x; --y: z }",
        "@font-face { --x: y }",
        ".theme-x:hover { --x: y }",
        "}",
    ],
)
def test_what_is_no_token_is_refused(css: str) -> None:
    """Nothing loads, covers, or closes the sheet."""
    assert any(isinstance(one, NoToken) for one in tokens(css))


def test_values_have_quotes_and_brackets_in_pairs() -> None:
    assert is_value("calc(1px + (2 * 3px))")
    assert not is_value("calc(1px")
    assert not is_value("image-set('x' 1x)")


def test_a_token_leads_through_others() -> None:
    values = {"--a": "var(--b)", "--b": "var(--c, #fff)", "--d": "var(--d)", "--e": "var(--none)"}
    assert resolved("--a", values) == "#fff"
    assert resolved("--d", values) is resolved("--e", values) is resolved("--none", values) is None


def test_contrast_is_that_of_the_standard() -> None:
    """Black on white is 21; the grey that just passes is #767676."""
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
    assert contrast("red", "#fff") is None


def test_our_own_theme_can_be_read() -> None:
    """Every pair of the neutral theme, in light and in dark, holds what the law asks."""
    own = tuple(one for one in tokens(checks._theme()) if isinstance(one, Token))
    assert len(own) > 60
    assert checks.contrast_faults(House(tokens=own)) == []


def test_a_light_colour_must_also_do_in_the_dark() -> None:
    """A dark link is fine by day and lost at night, until the dark scheme has its own."""
    by_day = House(tokens=(Token("--link", "#004b87", False, 1),))
    assert {dict(one.facts)["scheme"] for one in checks.contrast_faults(by_day)} == {"dark"}
    both = House(tokens=(*by_day.tokens, Token("--link", "#8fd0bf", True, 2)))
    assert checks.contrast_faults(both) == []


def test_search_needs_pagefind(monkeypatch: pytest.MonkeyPatch) -> None:
    """S107, and nothing without the wish."""
    monkeypatch.setattr(checks, "find_spec", lambda name: None)
    assert [one.code for one in checks.check_house(House(search=True))] == ["S107"]
    assert checks.check_house(House()) == []


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        ('<path d="M0 0h4v4z" fill="#123"/>', ""),
        ('<defs><path id="a" d="M0 0"/></defs><use href="#a"/>', ""),
        ("<script>1</script>", "<script>"),
        ('<path onload="x()"/>', "onload=x()"),
        ('<use href="https://example.org/x.svg#a"/>', "href=https://example.org/x.svg#a"),
        ('<path style="fill:url(//example.org)"/>', "style=fill:url(//example.org)"),
        ("<foreignObject/>", "<foreignObject>"),
        ("<style>@import 'x'</style>", "<style>"),
        ('<image href="data:image/png;base64,"/>', "<image>"),
        ("<!ENTITY x>", "<!"),
        ("<g>", "svg"),
        ("<!-- a --><g/><!----><!-- <!ENTITY -->", ""),
        ("<!-- a --><!ENTITY a 'b'>", "<!"),
        ("<!-->", "<!"),
        ("<!--" * 100_000, "<!"),
        ("<g>" * 99 + "</g>" * 99, ""),
        ("<g>" * 100 + "</g>" * 100, "100 × <g>"),
        ("<g>" * 60_000 + "</g>" * 60_000, "100 × <g>"),
    ],
)
def test_a_logo_only_draws(tmp_path: Path, inside: str, reason: str) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "logo.svg").write_text(SVG.format(inside))
    house, faults = read_house(tmp_path, SiteSettings(logo="logo.svg"))
    assert [(one.code, one.value) for one in faults] == ([("S103", reason)] if reason else [])
    assert house.logo_place == ("" if reason else "assets/house/logo.svg")


def test_a_house_becomes_css(tmp_path: Path) -> None:
    """Fonts and their names always, colours on screens only: paper stays black on white."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "letter.woff2").write_bytes(b"wOF2....")
    (tmp_path / "site" / "tokens.css").write_text(SHEET)
    house, faults = read_house(tmp_path, SiteSettings(fonts=[FontSettings("Letter", "letter.woff2", "200 900")]))
    assert faults == ()
    assert set(house.files()) == {"assets/house/letter.woff2"}
    assert sheet(house).splitlines() == [
        '@font-face{font-family:"Letter";src:url("house/letter.woff2") format("woff2");'
        "font-weight:200 900;font-style:normal;font-display:swap}",
        ':root{--font-text:"Letter", sans-serif;}',
        "@media screen{:root{--link:#004b87;}}",
        "@media screen and (prefers-color-scheme: dark){:root{--link:var(--field-2);}}",
    ]


def test_a_file_that_nothing_names_is_said(klein: Path) -> None:
    """As elsewhere in a dossier: D110."""
    (klein / "site").mkdir()
    (klein / "site" / "oud.svg").write_text(SVG.format(""))
    assert [(one.code, one.file) for one in read(klein).faults] == [("D110", "site/oud.svg")]
