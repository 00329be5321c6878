"""What a file with data says, however it is written."""

from __future__ import annotations

import pytest

from gebiedswerk.release.shown.data_rows import _content

TRUE = b'{"line": "A", "cents": 1}'


def test_other_white_space_says_the_same() -> None:
    assert _content(b'{ "line":"A",\n"cents":1 }', "a.json") == _content(TRUE, "a.json")
    assert _content(b'"line",cents\nA,1\n', "a.csv") == _content(b"line,cents\nA,1\n", "a.csv")


@pytest.mark.parametrize(
    "data", [b'{"line": "A", "cents": 2, "cents": 1}', b'{"line": "A", "cents": true}', b'{"line": "A", "cents": "1"}']
)
def test_a_key_twice_or_another_sort_of_value_does_not(data: bytes) -> None:
    """Programs read the last of two, people the first."""
    assert _content(data, "a.json") != _content(TRUE, "a.json")
