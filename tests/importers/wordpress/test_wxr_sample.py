"""WordPress's own theme unit test export: imported, counted, built, and every link followed."""

import json
from pathlib import Path

import pytest
from PIL import Image

from tests.site.links import find_broken_links, read_site
from tests.sites import build, call_sitegen, read_content, read_tree

SAMPLES = Path(__file__).parents[4] / "shared" / "import-samples"
NAME = "themeunittestdata.wordpress.xml"
BASE = "https://news.example/"

pytestmark = pytest.mark.skipif(
    not (SAMPLES / NAME).is_file(), reason="the sample ../shared/import-samples is not beside the repository"
)


def call_import(root: Path, *arguments: str) -> dict[str, dict[str, int]]:
    outcome = call_sitegen("-C", root, "import", "wxr", str(SAMPLES / NAME), "--json", *arguments)
    assert outcome.code == 0, outcome.err
    report: dict[str, dict[str, int]] = json.loads(outcome.out)
    return report


@pytest.fixture(scope="module")
def uploads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a file for everything that the export has under `uploads/`."""
    root = tmp_path_factory.mktemp("bare")
    (root / "content").mkdir()
    (root / "sitegen.toml").write_text(f'title = "T"\nbase_url = "{BASE}"\n')
    folder = tmp_path_factory.mktemp("uploads")
    for path in call_import(root, "--dry-run")["missing"]:
        file = folder / path.removeprefix("static/wp-content/uploads/")
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.suffix in {".jpg", ".png", ".jpeg"}:
            Image.new("RGB", (30, 20)).save(file)
        else:
            file.write_bytes(b"ID3")
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, uploads: Path) -> tuple[Path, dict[str, dict[str, int]]]:
    """The site after the import, and the account of it."""
    root = tmp_path_factory.mktemp("site")
    (root / "content").mkdir()
    (root / "sitegen.toml").write_text(f'title = "T"\nbase_url = "{BASE}"\n')
    return root, call_import(root, "--media-dir", str(uploads))


def test_the_counts_are_those_that_others_found(site: tuple[Path, dict[str, dict[str, int]]]) -> None:
    expected = json.loads((SAMPLES / "EXPECTED.json").read_text())[NAME]
    _, report = site
    written = report["written"]
    assert written["articles"] + written["pages"] == expected["public_posts_pages"]
    assert written["comments"] == expected["comments_publishable"]["comments"]
    assert written["mentions"] == sum(expected["comments_by_type"][kind] for kind in ("pingback", "trackback"))
    assert report["withheld"] == {"pending": 3, "not-public": 1}
    assert report["read"]["comments"] == expected["comments_all"]["comments"]
    counted = written["comments"] + written["mentions"] + sum(report["withheld"].values())
    assert report["read"]["comments"] == counted
    assert report["skipped"] == {key: expected["by_type"][key] for key in ("attachment", "nav_menu_item")}
    assert report["missing"] == {}


def test_every_comment_stands_on_its_article_and_threads_are_as_deep(
    site: tuple[Path, dict[str, dict[str, int]]],
) -> None:
    expected = json.loads((SAMPLES / "EXPECTED.json").read_text())[NAME]
    root, _ = site
    snapshots = [json.loads(path.read_text()) for path in root.glob("content/**/*.comments.json")]
    found = {item["article"]["source_id"]: len(item["comments"]) for item in snapshots if item["comments"]}
    per_item = {item["post_id"]: item["publishable"] for item in expected["comments_per_item"]}
    mentions = {item["article"]["source_id"] for item in snapshots if item.get("mentions")}
    assert found == {key: count for key, count in per_item.items() if count}
    assert mentions == {"1149"}
    comments = [comment for item in snapshots for comment in item["comments"]]
    parents = {comment["id"]: comment.get("parent") for comment in comments}
    assert sum(parent is None for parent in parents.values()) == expected["comments_publishable"]["roots"]
    depths = []
    for identity in parents:
        depth, step = 0, identity
        while step:
            depth, step = depth + 1, parents[step]
        depths.append(depth)
    assert max(depths) == expected["comments_publishable"]["max_depth"]


def test_importing_again_changes_no_byte(site: tuple[Path, dict[str, dict[str, int]]], uploads: Path) -> None:
    root, report = site
    before = read_content(root)
    again = call_import(root, "--media-dir", str(uploads))
    assert {path: data for path, data in read_content(root).items() if not path.startswith(".sitegen/")} == before
    assert not again["changed"]
    assert again["written"] == report["written"]


def test_it_builds_every_link_leads_somewhere_and_nobody_is_given_away(
    site: tuple[Path, dict[str, dict[str, int]]], tmp_path: Path
) -> None:
    root, _ = site
    assert build(root, tmp_path / "output").published
    assert find_broken_links(read_site(tmp_path / "output", BASE)) == []
    personal = json.loads((SAMPLES / "EXPECTED.json").read_text())[NAME]["personal_data"]
    strings = [text.encode() for texts in personal.values() for text in texts]
    assert strings
    for tree in (read_content(root), read_tree(tmp_path / "output")):
        assert [path for path, data in tree.items() for text in strings if text in data] == []
