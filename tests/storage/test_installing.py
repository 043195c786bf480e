"""Files go into a site all together, or not at all."""

from pathlib import Path

import pytest

from sitegen.errors import MachineError
from sitegen.storage.files import write_atomic
from sitegen.storage.installing import Installation, open_installation
from tests.sites import read_content, read_tree


def test_nothing_is_there_until_it_is_applied(tmp_path: Path) -> None:
    with open_installation(tmp_path, tmp_path / ".sitegen" / "import") as installation:
        installation.add("content/a.md", b"a")
        assert installation.read("content/a.md") == b"a"
        assert not (tmp_path / "content").exists()
        installation.apply()
    assert read_content(tmp_path) == {"content/a.md": b"a"}


def test_a_failure_leaves_nothing_behind(tmp_path: Path) -> None:
    def fail(installation: Installation) -> None:
        installation.add("content/a.md", b"a")
        raise ValueError

    with pytest.raises(ValueError), open_installation(tmp_path, tmp_path / ".sitegen" / "import") as installation:  # noqa: PT011
        fail(installation)
    assert read_content(tmp_path) == {}


def test_what_a_killed_run_began_is_finished_by_the_next(tmp_path: Path) -> None:
    folder = tmp_path / ".sitegen" / "import"
    write_atomic(folder / "0000001", b"b")
    write_atomic(folder / "journal.json", b'{"renames":[["0000000","content/a.md"],["0000001","content/b.md"]]}')
    write_atomic(tmp_path / "content" / "a.md", b"a")
    with open_installation(tmp_path, folder) as installation:
        assert installation.read("content/b.md") == b"b"
    assert read_content(tmp_path) == {"content/a.md": b"a", "content/b.md": b"b"}


def test_one_installation_at_a_time(tmp_path: Path) -> None:
    folder = tmp_path / ".sitegen" / "import"
    with (
        open_installation(tmp_path, folder),
        pytest.raises(MachineError, match="is in use by `sitegen import`"),
        open_installation(tmp_path, folder),
    ):
        pytest.fail("both install")
    with open_installation(tmp_path, folder) as installation:
        assert installation.names == {}


def test_a_journal_that_leads_out_of_the_site_is_thrown_away(tmp_path: Path) -> None:
    folder = tmp_path / "site" / ".sitegen" / "import"
    write_atomic(folder / "0000000", b"a")
    write_atomic(folder / "journal.json", b'{"renames":[["0000000","../escape.md"]]}')
    with open_installation(tmp_path / "site", folder):
        pass
    assert not (tmp_path / "escape.md").exists()


def test_nothing_is_written_through_a_symbolic_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "content").symlink_to(tmp_path / "elsewhere")
    with open_installation(tmp_path / "site", tmp_path / "site" / ".sitegen" / "import") as installation:
        installation.add("content/a.md", b"a")
        with pytest.raises(MachineError, match="symbolic link"):
            installation.apply()
    assert read_tree(tmp_path / "elsewhere") == {}
