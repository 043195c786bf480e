"""What becomes of the files of Staticman."""

import json
from pathlib import Path

import pytest

from sitegen.errors import ContentError, UsageError
from sitegen.importers.records import CapturedThread, ImportRequest, Tally
from sitegen.importers.staticman import read_threads
from sitegen.model.config import Config
from tests.importers.exports import read_capture
from tests.samples import CLOCK


def read(folder: Path, **told: str) -> list[CapturedThread]:
    request = ImportRequest(inputs=(str(folder),), config=Config(), clock=CLOCK, **told)  # type: ignore[arg-type]
    return list(read_threads(request, Tally()))


def write(folder: Path, **fields: object) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a.json").write_text(json.dumps({"message": "Words.", **fields}))


def test_files_in_yaml_and_json_are_one_thread(tmp_path: Path) -> None:
    thread = read_capture("staticman", tmp_path)
    assert (thread.names, thread.addresses) == (("bridge",), ())
    first, second, third = thread.comments
    assert [comment.id for comment in thread.comments] == ["staticman-101", "staticman-102", "staticman-103"]
    assert [comment.published.at for comment in thread.comments if comment.published] == [
        "2023-07-09T17:22:00Z",
        "2023-07-09T17:25:00Z",
        "2023-07-09T17:27:00Z",
    ]
    assert first.author
    assert (first.author.name, first.author.url, first.parent) == ("Ana Ruiz", "https://ana.example/", None)
    assert (second.parent, third.parent) == ("staticman-101", None)
    assert third.author
    assert third.author.name == "1900"
    assert "<em>less</em>" in first.body.text


def test_a_folder_is_named_by_its_path_and_by_its_last_part(tmp_path: Path) -> None:
    write(tmp_path / "comments" / "2023" / "bridge")
    assert [thread.names for thread in read(tmp_path / "comments")] == [("2023/bridge", "bridge")]
    assert [thread.names for thread in read(tmp_path / "comments" / "2023" / "bridge")] == [("bridge",)]


def test_a_date_of_the_site_s_own_has_to_be_explained(tmp_path: Path) -> None:
    write(tmp_path / "bridge", date="09-07-23 17:22")
    with pytest.raises(ContentError, match="2 readings"):
        read(tmp_path)
    (thread,) = read(tmp_path, date_format="%d-%m-%y %H:%M", timezone="Europe/Amsterdam")
    published = thread.comments[0].published
    assert published
    assert (published.at, published.raw) == ("2023-07-09T17:22:00+02:00", "09-07-23 17:22")
    assert thread.snapshot.timezone_assumed == "Europe/Amsterdam"


@pytest.mark.parametrize("date", [None, "", "ana@secret.example", True, [1]])
def test_a_date_that_is_none_is_no_date(tmp_path: Path, date: object) -> None:
    write(tmp_path / "bridge", date=date)
    assert read(tmp_path)[0].comments[0].published is None


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere")
    (tmp_path / "comments" / "bridge").mkdir(parents=True)
    (tmp_path / "comments" / "bridge" / "a.json").symlink_to(tmp_path / "elsewhere" / "a.json")
    (tmp_path / "comments" / "linked").symlink_to(tmp_path / "elsewhere")
    assert read(tmp_path / "comments") == []


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    write(tmp_path)
    with pytest.raises(UsageError, match="no folder"):
        read(tmp_path / "a.json")
