"""Growth is measured in a site of any size, and told against the first."""

from pathlib import Path

from benchmarks.growth import format_sizes, measure_sizes


def test_an_edit_renders_as_much_in_a_site_of_any_size(tmp_path: Path) -> None:
    sizes = list(measure_sizes((5, 30), runs=1, folder=tmp_path))
    assert [size.articles for size in sizes] == [5, 30]
    assert [size.rendered for size in sizes] == [1, 1]
    assert all(size.cold.cpu > 0 and size.cold.memory and size.standing < size.cold.wall for size in sizes)
    assert list(tmp_path.iterdir()) == []
    rows = format_sizes(sizes).splitlines()
    assert len(rows) == 4
    assert rows[2].split(" | ")[3] == "1.00"
