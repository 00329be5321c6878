"""The published facts of 2019, and the cents that we chose behind them.

Published (accounts 2019, Gemeente Groningen): the 27 figures, the caption, the headings, the two stamps. Made up: all
cents, everything of 2017, 2018 and 2020, every decision. The cents are such that the nearest thousand of a line is not
always what was published: the product's own rounding of the whole table is. That of the whole is.
"""

from __future__ import annotations

from dataclasses import dataclass

PUBLISHED = {  # thousands of euros, as printed: Begroting 2019, Realisatie 2019, Resultaat/reserve
    "ALG": (1782, 1333, 449),
    "CENTRUM": (600, 479, 121),
    "OUDE-WIJKEN": (450, 398, 52),
    "ZUID": (650, 698, -48),
    "OOST": (700, 615, 85),
    "WEST": (450, 620, -170),
    "HAREN": (150, 103, 47),
    "TEN-BOER": (118, 91, 27),
    "total": (4900, 4337, 563),
}
CAPTION = "Totaal resultaat gebiedsgericht werken"
HEADINGS = ("Ontwikkelingen", "Herindeling: twee nieuwe gebiedsteams", "Financiën")
EXPORTED_AT = "2020-06-29T16:41:48"
PUBLISHED_AT = "2020-06-29T16:45:58"
LIST_OF_RESULTS = 100_000_000
"""The list of results in the same accounts gives 1,0 million euro for this subject, in cents."""


@dataclass(frozen=True, slots=True)
class LineYear:
    """One budget line in one year, in cents: adopted by the council, amended later, spent."""

    adopted: int
    amended: int
    spent: int

    @property
    def allocated(self) -> int:
        """The new money of the year."""
        return self.adopted + self.amended


MONEY: dict[int, dict[str, LineYear]] = {
    2017: {
        "ALG": LineYear(166_200_000, -1_200_000, 161_158_745),
        "CENTRUM": LineYear(54_000_000, 0, 51_805_990),
        "OUDE-WIJKEN": LineYear(42_500_000, 500_000, 43_211_580),
        "ZUID": LineYear(60_000_000, 0, 59_178_570),
        "OOST": LineYear(63_300_000, 700_000, 60_922_235),
        "WEST": LineYear(43_000_000, 0, 43_018_345),
    },
    2018: {
        "ALG": LineYear(174_500_000, -2_500_000, 175_810_015),
        "CENTRUM": LineYear(57_500_000, 0, 59_814_425),
        "OUDE-WIJKEN": LineYear(44_500_000, 0, 44_491_490),
        "ZUID": LineYear(65_000_000, 1_000_000, 62_020_726),
        "OOST": LineYear(66_500_000, 0, 69_641_845),
        "WEST": LineYear(59_000_000, 3_000_000, 44_977_595),
        "HAREN-2018": LineYear(14_000_000, 0, 14_005_810),
        "TEN-BOER-2018": LineYear(6_000_000, 0, 4_785_318),
    },
    2019: {
        "ALG": LineYear(182_296_000, -4_100_000, 133_328_419),
        "CENTRUM": LineYear(57_519_000, 2_500_000, 47_914_285),
        "OUDE-WIJKEN": LineYear(44_974_000, 0, 39_826_139),
        "ZUID": LineYear(64_987_000, 0, 69_785_040),
        "OOST": LineYear(66_485_000, 3_500_000, 61_496_471),
        "WEST": LineYear(44_980_000, 0, 61_999_686),
        "HAREN": LineYear(14_047_000, 950_000, 10_307_492),
        "TEN-BOER": LineYear(8_822_000, 0, 7_074_075),
        "TEN-BOER-DWB": LineYear(1_139_000, 650_000, 1_974_056),
    },
    2020: {  # spent: up to and including June
        "ALG": LineYear(180_000_000, -6_500_000, 70_215_330),
        "CENTRUM": LineYear(60_000_000, 2_500_000, 31_408_215),
        "OUDE-WIJKEN": LineYear(46_000_000, 0, 20_117_460),
        "ZUID": LineYear(66_000_000, 0, 35_902_145),
        "OOST": LineYear(68_000_000, 0, 29_530_975),
        "WEST": LineYear(46_000_000, 0, 24_886_520),
        "HAREN": LineYear(15_500_000, 2_500_000, 6_214_385),
        "TEN-BOER": LineYear(9_400_000, 0, 3_850_240),
        "TEN-BOER-DWB": LineYear(1_600_000, 0, 2_112_035),
        "DORPEN": LineYear(6_000_000, 4_000_000, 0),
        "DORPEN-HAREN": LineYear(0, 0, 2_140_510),
        "DORPEN-TEN-BOER": LineYear(0, 0, 4_985_025),
    },
}
"""2018 leaves West 170.224,05, Zuid 48.007,04 and the former Ten Boer 12.146,82; some small change."""

LEFT_OF_2017 = {"ALG": 3_841_255, "CENTRUM": 2_194_010, "ZUID": 821_430, "OOST": 3_077_765}
LEFT_OF_2018 = {"WEST": 17_022_405, "ZUID": 4_800_704}
LEFT_OF_TEN_BOER = 1_214_682
LAST_MONTH = {2020: 6}
"""The last month that was booked, of a year that still runs."""
LEFT_OF_2019 = {
    "ALG": 30_000_000,
    "CENTRUM": 12_104_715,
    "OUDE-WIJKEN": 5_147_861,
    "OOST": 8_488_529,
    "HAREN": 4_689_508,
    "TEN-BOER": 1_747_925,
    "TEN-BOER-DWB": 1_029_626,
}
"""What the council carried on into 2020; of Algemeen less than there was."""
