"""RD New and WGS84: known points, there and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis.strategies import floats

from gebiedswerk.core.rd_new import in_rd, in_wgs84, rd_of, wgs84_of

KNOWN = [  # as PROJ 3.7.2 gives them (EPSG:28992 to EPSG:4258, without grids): x, y, longitude, latitude
    (155000.0, 463000.0, 5.38720350, 52.15517229),
    (120700.723, 487525.502, 4.88352291, 52.37453042),
    (233883.131, 582065.167, 6.56819772, 53.21938107),
    (27500.0, 381000.0, 3.55473693, 51.40372860),
    (199000.0, 308000.0, 6.01076031, 50.76026177),
    (258000.0, 594000.0, 6.93298420, 53.32249258),
]


@pytest.mark.parametrize(("x", "y", "longitude", "latitude"), KNOWN)
def test_known_points_within_half_a_metre(x: float, y: float, longitude: float, latitude: float) -> None:
    """Amersfoort, Westertoren, Martinitoren, Zeeland, Vaals, Delfzijl: both ways."""
    assert rd_of(longitude, latitude) == pytest.approx((x, y), abs=0.5)
    east, north = wgs84_of(x, y)
    assert (east, north) == pytest.approx((longitude, latitude), abs=0.5 / 68_000)


@given(x=floats(15_000, 275_000), y=floats(310_000, 610_000))
def test_there_and_back(x: float, y: float) -> None:
    """A point of RD New comes back within half a metre, and lies in the one system or the other, never in both."""
    longitude, latitude = wgs84_of(x, y)
    assert rd_of(longitude, latitude) == pytest.approx((x, y), abs=0.5)
    assert in_rd(x, y) and in_wgs84(longitude, latitude)
    assert not in_rd(longitude, latitude) and not in_wgs84(x, y)
