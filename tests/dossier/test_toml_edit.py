"""One setting of a TOML file is changed, and nothing else of what a person wrote."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gebiedswerk.dossier.toml_edit import OddShape, toml_value, with_setting, with_table, without_setting

TEXT = """\
# Of our package.
decimal = ","  # the "#" of the Dutch

[columns]
year = "Jaar"
# period = ""
# Below the line.

[flows]
income = [
    "8*",  # all
]

[[leave_out]]
column = "Tekst"

[unsure]
"flows.income" = "Which?"
"columns.year" = "Where?"
"""
VALUES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    st.booleans(),
    st.integers(0, 99),
    st.lists(st.text("ab*,\"'#[]=\n", max_size=4), max_size=3),
)
KEYS = st.one_of(
    st.sampled_from([("decimal",), ("columns", "year"), ("columns", "period"), ("flows", "income"), ("keep",)]),
    st.tuples(st.sampled_from(["columns", "sign", "unsure", "a b"]), st.text("a. \"'=#é", min_size=1, max_size=4)),
)


@given(changes=st.lists(st.tuples(KEYS, VALUES), min_size=1, max_size=4))
def test_what_is_set_is_read_back_and_the_rest_stays(changes: list[tuple[tuple[str, ...], object]]) -> None:
    text, meant = TEXT, tomllib.loads(TEXT)
    for key, value in changes:
        text = with_setting(text, key, value)
        within = meant
        for part in key[:-1]:
            within = within.setdefault(part, {})
        within[key[-1]] = value
    assert tomllib.loads(text) == meant
    for comment in ("# Of our package.", "# Below the line."):
        assert comment in text


@given(key=KEYS, value=VALUES)
def test_what_is_taken_away_is_gone(key: tuple[str, ...], value: object) -> None:
    text = without_setting(with_setting(TEXT, key, value), key)
    found = tomllib.loads(text)
    assert key[-1] not in (found.get(key[0], {}) if len(key) > 1 else found)
    assert "# Of our package." in text


def test_a_setting_keeps_its_place_and_its_remark() -> None:
    text = with_setting(TEXT, ("decimal",), ".")
    assert text == TEXT.replace('decimal = ","', 'decimal = "."')
    text = with_setting(TEXT, ("flows", "income"), ["8*", "9*"])
    assert 'income = ["8*", "9*"]\n\n[[leave_out]]' in text


def test_a_setting_that_was_a_comment_takes_its_place() -> None:
    assert with_setting(TEXT, ("columns", "period"), "Per") == TEXT.replace('# period = ""', 'period = "Per"')


def test_a_new_setting_stands_before_the_first_table_and_in_its_own() -> None:
    assert '# the "#" of the Dutch\nkeep = ["x"]\n\n[columns]' in with_setting(TEXT, ("keep",), ["x"])
    assert "[sign]\n" in with_setting(TEXT, ("sign", "column"), "D/C")
    assert with_setting("# head\n", ("keep",), []) == "# head\nkeep = []\n"


def test_a_table_goes_as_a_whole() -> None:
    text = without_setting(TEXT, ("leave_out",))
    assert "leave_out" not in tomllib.loads(text)
    assert "unsure" in tomllib.loads(text)


def test_one_more_of_a_list_of_tables() -> None:
    text = with_table(TEXT, "leave_out", {"column": "Omschrijving", "text": ["Subtotaal*"]})
    assert tomllib.loads(text)["leave_out"][1] == {"column": "Omschrijving", "text": ["Subtotaal*"]}
    assert text.startswith(TEXT.rstrip("\n"))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('flows = {column = "x"}  # so\n', 'flows = {column = "x",income = ["8*"]}  # so\n'),
        ("flows.column = 'x'\n# end\n", "flows.column = 'x'\nflows.income = [\"8*\"]\n# end\n"),
        ("[flows]\r\ncolumn = 'x'\r\n", "[flows]\r\ncolumn = 'x'\r\nincome = [\"8*\"]\n"),
    ],
)
def test_a_setting_is_written_as_its_table_is(text: str, written: str) -> None:
    """Also where a table stands on one line, in front of its settings, or ends its lines as Windows does."""
    assert with_setting(text, ("flows", "income"), ["8*"]) == written


def test_a_comment_that_is_about_the_next_table_stays_above_it() -> None:
    text = "[sign]\ncolumn = 'D/C'\n\n# What is income.\n[flows]\nincome = []\n"
    assert "\n\n# What is income.\n[flows]" in with_setting(text, ("sign", "negative"), ["C"])
    assert without_setting(text, ("sign",)) == "\n# What is income.\n[flows]\nincome = []\n"


def test_a_list_of_tables_that_changes_leaves_what_stands_below_it() -> None:
    """Comments there are about the next table, also where the last of the list holds a table."""
    text = "[[term]]\nfrom = 1\n{within}\n# over b\n[b]\nc = 1\n"
    for within in ("", "[term.x]\ny = 1\n"):
        written = with_setting(text.format(within=within), ("term",), [{"from": 2}, {"from": 3}])
        assert written == "[[term]]\nfrom = 2\n\n[[term]]\nfrom = 3\n\n# over b\n[b]\nc = 1\n"


def test_tables_of_a_list_that_stand_apart_are_put_together() -> None:
    """The only order that changes: `[[leave_out]]` below another table goes to the first of its list."""
    text = "[[leave_out]]\ncolumn = 'a'\n[flows]\nincome = []\n# b\n[[leave_out]]\ncolumn = 'b'\n"
    found = with_setting(text, ("flows", "income"), ["8*"])
    assert tomllib.loads(found) == tomllib.loads(text) | {"flows": {"income": ["8*"]}}
    assert "# b\n" in found


@pytest.mark.parametrize("text", ["[[flows]]\ncolumn = 'x'\n", "flows = 1\n"])
def test_a_shape_that_cannot_be_changed_is_refused(text: str) -> None:
    with pytest.raises(OddShape):
        with_setting(text, ("flows", "income"), ["8*"])


@given(VALUES)
def test_every_value_is_read_back(value: object) -> None:
    assert tomllib.loads(f"x = {toml_value(value)}")["x"] == value
