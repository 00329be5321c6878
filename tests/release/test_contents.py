"""What a delivery covers of each of its years is told in the release, and read back: days of pages rest on it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from gebiedswerk.dossier import Delivery, Profile
from gebiedswerk.dossier.settings import DeliveryKind, DeliverySettings, YearCover
from gebiedswerk.ledger import DeliverySummary, known_until
from gebiedswerk.release import contents, public_reading

MOMENT = datetime(2020, 7, 14, 9)  # noqa: DTZ001 - moments have no zone
SETTINGS = DeliverySettings("f.csv", DeliveryKind.REALISED, "A", [2019, 2020], MOMENT, "p", list(range(14)))
HALF = [YearCover(2020, [0, 1, 2, 3, 4, 5, 6])]


@pytest.mark.parametrize("cover", [[], HALF])
@pytest.mark.parametrize("kind", [DeliveryKind.REALISED, DeliveryKind.COMMITMENT])
def test_it_comes_back(cover: list[YearCover], kind: DeliveryKind) -> None:
    made = Delivery("d", Path("f.csv"), "f.csv", "", replace(SETTINGS, cover=cover, kind=kind), Profile())
    form = json.loads(json.dumps(contents._delivery(made, DeliverySummary("d", "f.csv", ""), used=True)))
    read = public_reading._delivery(Path(), form)
    for year in (2019, 2020):
        assert read.periods_in(year) == made.periods_in(year)
        assert known_until([read], {"d"}, kind, year) == known_until([made], {"d"}, kind, year)
    assert read.counts_in == made.counts_in
