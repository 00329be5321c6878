"""Between the two systems in which Dutch maps come: RD New (EPSG:28992) in metres, and WGS84 (EPSG:4326) in degrees.

Source: F.H. Schreutelkamp and G.L. Strang van Hees, "Benaderingsformules voor de transformatie tussen RD- en
WGS84-kaartcoördinaten", Geodesia 2001: polynomials around the origin of RD that stay within half a metre of the
official transformation (RDNAPTRANS) on land. On a map of a municipality that is far less than the width of a line.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

Terms = Mapping[tuple[int, int], float]
"""(power of the first, power of the second) → coefficient."""

X0, Y0 = 155_000.0, 463_000.0
LATITUDE0, LONGITUDE0 = 52.15517440, 5.38720621

LATITUDE: Terms = MappingProxyType({
    (0, 1): 3235.65389, (2, 0): -32.58297, (0, 2): -0.24750, (2, 1): -0.84978, (0, 3): -0.06550, (2, 2): -0.01709,
    (1, 0): -0.00738, (4, 0): 0.00530, (2, 3): -0.00039, (4, 1): 0.00033, (1, 1): -0.00012,
})  # fmt: skip
LONGITUDE: Terms = MappingProxyType({
    (1, 0): 5260.52916, (1, 1): 105.94684, (1, 2): 2.45656, (3, 0): -0.81885, (1, 3): 0.05594, (3, 1): -0.05607,
    (0, 1): 0.01199, (3, 2): -0.00256, (1, 4): 0.00128, (0, 2): 0.00022, (2, 0): -0.00022, (5, 0): 0.00026,
})  # fmt: skip
X: Terms = MappingProxyType({
    (0, 1): 190094.945, (1, 1): -11832.228, (2, 1): -114.221, (0, 3): -32.391, (1, 0): -0.705, (3, 1): -2.340,
    (1, 3): -0.608, (0, 2): -0.008, (2, 3): 0.148,
})  # fmt: skip
Y: Terms = MappingProxyType({
    (1, 0): 309056.544, (0, 2): 3638.893, (2, 0): 73.077, (1, 2): -157.984, (3, 0): 59.788, (0, 1): 0.433,
    (2, 2): -6.439, (1, 1): -0.032, (0, 4): 0.092, (1, 4): -0.054,
})  # fmt: skip


def in_rd(x: float, y: float) -> bool:
    """Whether a point lies where RD New holds: the European Netherlands with its coast, in metres."""
    return -7_000 <= x <= 300_000 and 289_000 <= y <= 629_000


def in_wgs84(longitude: float, latitude: float) -> bool:
    """Whether a point lies in or near the European Netherlands, in degrees."""
    return 3.0 <= longitude <= 7.5 and 50.5 <= latitude <= 53.8


def rd_of(longitude: float, latitude: float) -> tuple[float, float]:
    """WGS84 in degrees to RD New in metres."""
    north, east = 0.36 * (latitude - LATITUDE0), 0.36 * (longitude - LONGITUDE0)
    return X0 + _sum(X, north, east), Y0 + _sum(Y, north, east)


def wgs84_of(x: float, y: float) -> tuple[float, float]:
    """RD New in metres to WGS84 in degrees: longitude, latitude."""
    east, north = (x - X0) * 1e-5, (y - Y0) * 1e-5
    return LONGITUDE0 + _sum(LONGITUDE, east, north) / 3600, LATITUDE0 + _sum(LATITUDE, east, north) / 3600


def _sum(terms: Terms, first: float, second: float) -> float:
    return sum(coefficient * first**p * second**q for (p, q), coefficient in terms.items())
