"""`sitegen import` of saved pages and folders, as somebody types it."""

import json
from pathlib import Path

from tests.sites import call_sitegen, write_files, write_site

SCENE = Path(__file__).resolve().parents[1] / "importers/pages/nato-office.txt"
ZONE = ("--timezone", "Europe/Amsterdam")
FORMAT = ("--date-format", "%d-%m-%y %H:%M")


def test_a_time_with_two_readings_is_shown_with_both(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site")
    done = call_sitegen("-C", root, "import", "page", SCENE, *ZONE)
    assert done.code == 1
    assert "`09-07-23 17:22` has 2 readings" in done.err
    assert "09-07-23 17:22\n" in done.err
    assert "'%d-%m-%y %H:%M' for 9 July 2023 or --date-format '%m-%d-%y %H:%M' for 7 September 2023" in done.err
    assert not list((root / "content").iterdir())


def test_what_a_text_cannot_tell_makes_a_draft(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site")
    done = call_sitegen("-C", root, "import", "page", SCENE, *ZONE, *FORMAT, "--json")
    printed = json.loads(done.out)
    assert (done.code, len(printed["problems"])) == (1, 5)
    assert (printed["written"]["drafts"], printed["written"]["comments"], printed["read"]["comments"]) == (1, 3, 3)


def test_a_text_with_all_that_it_cannot_tell_is_published(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site")
    told = (
        "--title",
        "No office",
        "--date",
        "2023-07-08",
        "--url",
        "https://old.example/no-office/",
        "--section",
        "World",
    )
    arguments = ("-C", root, "import", "page", SCENE, *ZONE, *FORMAT, *told, "--captured-at", "2023-09-12")
    first = call_sitegen(*arguments)
    assert (first.code, first.err) == (0, "Imported 1 article, 3 comments; 3 files changed.\n")
    assert call_sitegen(*arguments).err == "Imported 1 article, 3 comments; 0 files changed.\n"


def test_a_folder_of_posts_is_counted(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site")
    write_files(tmp_path / "blog", {"_posts/2024-03-09-one.md": "---\ntitle: One\n---\n{% note %}\n", "a.png": "a"})
    done = call_sitegen("-C", root, "import", "jekyll", tmp_path / "blog", "--json")
    printed = json.loads(done.out)
    assert printed["read"] == {"articles": 1, "files": 2, "media": 1}
    assert (printed["unknown"], printed["written"]["media"], done.code) == ({"{% note %}": 1}, 1, 0)
