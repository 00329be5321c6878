"""Who changes a dossier is a code and a role."""

from __future__ import annotations

import pytest

from gebiedswerk.core.actor import NOBODY, Actor, actor_of


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("m17:controller", Actor("m17", "controller")),
        (" m17 : controller ", Actor("m17", "controller")),
        ("m17", Actor("m17")),
        ("", NOBODY),
        ("a:b:c", Actor("a", "b:c")),
    ],
)
def test_an_actor_as_people_write_it(text: str, actor: Actor) -> None:
    assert actor_of(text) == actor


@pytest.mark.parametrize("name", ["Jan de Vries", "jan@voorbeeld.nl", "m17\n", "-", "é", "a" * 65, "m17/x"])
def test_a_name_is_no_code(name: str) -> None:
    assert not Actor(name).is_opaque
    assert not Actor("m17", name).is_opaque


def test_a_code_is() -> None:
    assert Actor("m17", "gebieds-manager_2.b").is_opaque
    assert NOBODY.is_opaque
