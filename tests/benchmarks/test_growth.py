"""Growth is measured in sites of any size, and told against the usual one."""

from pathlib import Path

import pytest

from benchmarks.bars import judge_session
from benchmarks.growth import format_growth, judge_growth, make_size
from benchmarks.run import measure_in_turn
from tests.sites import read_tree


def test_an_edit_renders_as_much_in_a_site_of_any_size(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sizes = [make_size(tmp_path, articles, "sitegen") for articles in (5, 30)]
    measure_in_turn([case for size in sizes for case in (size.cold, size.unchanged, size.body)], runs=1)
    names = [line.partition(" ")[2].rpartition(":")[0] for line in capsys.readouterr().err.splitlines()]
    assert names == ["5: cold", "5: no change", "5: one body", "30: cold", "30: no change", "30: one body"]
    assert all(size.cold.cpu > 0 and size.cold.memory and size.unchanged.wall < size.cold.wall for size in sizes)
    cells = [row.split(" | ") for row in format_growth(sizes, "sitegen").splitlines()]
    assert [row[-1] for row in cells[3:5] + cells[6:]] == ["0 |", "1 |", "0 |", "1 |"]
    assert [row[4] for row in cells[2:5]] == ["1.00"] * 3
    assert judge_growth(sizes)[1:] == ["- met: an edit of a text renders as many pages at every size: 1 at 5, 1 at 30"]


def test_sites_are_the_same_however_many_write_them(tmp_path: Path) -> None:
    make_size(tmp_path / "a", 501, "sitegen")
    make_size(tmp_path / "b", 500, "sitegen")
    large, small = (read_tree(tmp_path / name) for name in ("a/501", "b/500"))
    assert len(large) == len(small) + 2
    assert small.items() <= large.items()


def test_bars_are_judged_by_ratios_of_what_was_measured() -> None:
    walls = {"hugo: cold": 5.0, "sitegen: cold": 5.0, "sitegen: one body": 0.31, "sitegen, broadsheet: cold": 9.0}
    assert judge_session(walls, {"hugo: cold": 1000, "sitegen: cold": 251, "sitegen: one body": 0}) == [
        "- met: time of `sitegen: cold` to `hugo: cold` is 1.000, at most 1",
        "- missed: time of `sitegen: one body` to `hugo: cold` is 0.062, at most 0.06",
        "- missed: memory of `sitegen: cold` to `hugo: cold` is 0.251, at most 0.25",
    ]
    assert judge_session({"sitegen: cold": 5.0}, {}) == []
