"""What is on the disk, or not."""

import shutil
from pathlib import Path

from tests.sites import call_sitegen, read_tree, write_article, write_site


def test_a_folder_that_is_not_there_takes_no_page_away(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site", {"content/world/a.md": write_article("A")})
    assert call_sitegen("-C", root, "build").code == 0
    before = read_tree(root / "output")
    shutil.rmtree(root / "content")
    for options in ((), ("--keep-going",)):
        done = call_sitegen("-C", root, "build", *options)
        assert done.code == 1
        assert "error[content]: there is no folder `content/`" in done.err
        assert read_tree(root / "output") == before
