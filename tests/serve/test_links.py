"""Which targets of symbolic links must be watched."""

from pathlib import Path

from sitegen.serve.links import find_link_targets
from tests.sites import write_files


def test_links_are_followed_within_the_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_files(site, {"content/world/a.md": "", "shared/b.md": "", "deep/c.md": "", "about.md": "", "d/e.md": ""})
    write_files(tmp_path, {"elsewhere/secret.md": ""})
    links = {
        "content/shared": "../shared",
        "content/world/about.md": "../../about.md",
        "shared/deep": "../deep",
        "content/out": "../../elsewhere",
        "content/gone": "nothing",
        "content/self": "self",
        "content/all": "..",
        "content/up": ".",
        "content/.hidden": "../d",
    }
    for link, target in links.items():
        (site / link).symlink_to(target)
    found = find_link_targets([site / "content"], site)
    assert found.folders == {site / "shared", site / "deep"}
    assert found.files - {site / "content/nothing", site / "content/self"} == {site / "about.md"}


def test_a_folder_that_is_not_there_has_no_links(tmp_path: Path) -> None:
    (tmp_path / "x").symlink_to("x")
    found = find_link_targets([tmp_path / "content"], tmp_path)
    assert (found.folders, found.files) == (frozenset(), frozenset())
