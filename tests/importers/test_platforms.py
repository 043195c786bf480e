"""What holds for every platform that comments are captured from: privacy, counts, and input that means harm."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sitegen.importers.registry import list_platforms, list_sources
from tests.importers.exports import ARGUMENTS, WRITERS, Said, prepare
from tests.patience import patience
from tests.sites import Outcome, build, call_sitegen, read_tree, write_article, write_site

SNAPSHOT = "content/world/bridge.comments.json"
SECRET = re.compile(
    rb"secret\.example|203\.0\.113|2001:db8|d41d8cd98f00b204e9800998ecf8427e|SecretBrowser|NEVER|track\.example/d41d"
)
"""What stands in the captures and must stand nowhere else."""
HARM = re.compile(r"<script|onerror|javascript:|\u202e|<img", re.IGNORECASE)
COUNTS = {
    "disqus": (5, 3, 0, {"deleted": 1, "spam": 1}),
    "isso": (5, 3, 0, {"deleted": 1, "pending": 1}),
    "remark42": (5, 3, 0, {"deleted": 1, "blocked": 1}),
    "commento": (6, 3, 0, {"deleted": 1, "pending": 1, "spam": 1}),
    "comentario": (6, 3, 0, {"deleted": 1, "not-public": 1, "pending": 1}),
    "staticman": (3, 3, 0, {}),
    "discussions": (5, 3, 0, {"deleted": 1, "hidden": 1}),
    "mastodon": (5, 3, 0, {"private": 2}),
    "webmention": (5, 2, 2, {"private": 1}),
}
"""Of every capture: what is read, written, a mention, and withheld."""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site", {"content/world/bridge.md": write_article("Bridge", url="/2023/bridge/")})


def capture(site: Path, platform: str, file: Path, *arguments: str) -> Outcome:
    more = (*ARGUMENTS.get(platform, ()), *arguments)
    return call_sitegen("-C", site, "comments", "capture", platform, file, "--json", *more)


def read_comments(site: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads((site / SNAPSHOT).read_text())["comments"]
    return found


def test_every_platform_is_here() -> None:
    assert set(COUNTS) == set(list_platforms()) - set(list_sources())
    assert set(list_platforms()) >= {"page", "wxr"}
    assert "hugo" not in list_platforms()


@pytest.mark.parametrize("platform", COUNTS)
def test_counts_add_up_nothing_private_is_written_and_nothing_harmful_shown(
    site: Path, tmp_path: Path, platform: str
) -> None:
    file = prepare(platform, tmp_path)
    done = capture(site, platform, file)
    assert done.code == 0, done.err
    told = json.loads(done.out)
    read, comments, mentions, withheld = COUNTS[platform]
    assert told["read"]["comments"] == read == comments + mentions + sum(withheld.values())
    assert (told["written"], told["withheld"]) == ({"comments": comments, "mentions": mentions}, withheld)
    build(site)
    leaks = {path: SECRET.findall(data) for path, data in read_tree(site).items() if SECRET.search(data)}
    assert leaks == {}
    snapshot = (site / SNAPSHOT).read_text()
    assert HARM.search(snapshot) is None
    assert HARM.search((site / "output/2023/bridge/index.html").read_text()) is None
    before = read_tree(site / "content")
    assert json.loads(capture(site, platform, file).out)["changed"] == []
    assert read_tree(site / "content") == before


@pytest.mark.parametrize(
    "platform", [pytest.param(name, marks=() if name == "disqus" else pytest.mark.slow) for name in WRITERS]
)
def test_circles_orphans_and_ten_thousand_levels_end_in_a_sound_thread(
    site: Path, tmp_path: Path, platform: str
) -> None:
    deep = [Said(id=number, parent=number - 1 or None) for number in range(10_000, 0, -1)]
    odd = [Said(id=20_001, parent=20_002), Said(id=20_002, parent=20_001), Said(id=20_003, parent=99_999)]
    file = tmp_path / "export"
    WRITERS[platform]([*deep, *odd, Said(id=20_004, parent=20_004)], file)
    with patience():
        done = capture(site, platform, file)
        assert build(site).published
    assert json.loads(done.out)["written"]["comments"] == 10_004
    roots = [str(item["id"]).split("-")[1] for item in read_comments(site) if not item.get("parent")]
    assert sorted(roots) == ["1", "20001", "20003", "20004"]


@pytest.mark.parametrize("platform", WRITERS)
def test_names_of_every_kind_stay_what_they_are_or_are_nobody(site: Path, tmp_path: Path, platform: str) -> None:
    names = {
        "1900": "1900",
        "no": "no",
        "": None,
        "  ": None,
        "ana@secret.example": None,
        "\u202eevil\u202c": "evil",
        "\u05d0\u05d1": "\u05d0\u05d1",
        "<b>Ana</b>": "<b>Ana</b>",
        "{{ 7*7 }}": "{{ 7*7 }}",
        "x" * 5_000: "x" * 200,
    }
    file = tmp_path / "export"
    WRITERS[platform]([Said(id=place, name=name) for place, name in enumerate(names, 1)], file)
    capture(site, platform, file)
    authors = [item.get("author") or {} for item in read_comments(site)]
    assert [author.get("name") for author in authors if isinstance(author, dict)] == list(names.values())
    build(site)


@pytest.mark.slow
@pytest.mark.parametrize("platform", WRITERS)
def test_five_thousand_comments_on_one_article(site: Path, tmp_path: Path, platform: str) -> None:
    file = tmp_path / "export"
    WRITERS[platform]([Said(id=number, text=f"Comment {number}.") for number in range(1, 5_001)], file)
    assert json.loads(capture(site, platform, file).out)["written"]["comments"] == 5_000
    assert build(site).published


def spoil(platform: str, file: Path) -> Iterator[bytes]:
    """Yield what somebody may make of an export."""
    data = file.read_bytes()
    yield data[: len(data) // 2]
    yield b""
    yield b"nonsense"
    yield b"\x1f\x8b" + data
    if platform == "isso":
        yield data.replace(b"CREATE TABLE threads", b"CREATE \xc8ABLE threads")
    if platform in {"isso", "disqus"}:
        return
    text = data.decode()
    for number in ("NaN", "1" + "0" * 5_000, "1e999"):
        yield re.sub(
            r'("(?:version|id|wm-id|score|number|favourites_count)":\s*)(?=\d)\d+', rf"\g<1>{number}", text, count=1
        ).encode()
    yield re.sub(r'"(time|created_at|creationDate|createdTime|createdAt|url)":\s*"[^"]*"', r'"\1": 5', text).encode()
    yield text.replace("{", "[" * 60, 1).encode()
    yield b"[]"
    yield b"{}"


@pytest.mark.parametrize("platform", [name for name in COUNTS if name != "staticman"])
def test_broken_input_is_refused_with_its_place_and_nothing_is_written(
    site: Path, tmp_path: Path, platform: str
) -> None:
    whole = prepare(platform, tmp_path)
    before = read_tree(site / "content")
    for number, data in enumerate(spoil(platform, whole)):
        file = tmp_path / f"spoilt-{number}"
        file.write_bytes(data)
        done = call_sitegen("-C", site, "comments", "capture", platform, file)
        assert done.code == 1, (number, done)
        assert "error[" in done.err, (number, done.err)
        assert str(file) in done.err, (number, done.err)
        assert not SECRET.search(done.err.encode()), (number, done.err)
        assert read_tree(site / "content") == before


def spoil_database(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file)) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()


@pytest.mark.parametrize(
    "statements",
    [
        ("ALTER TABLE comments RENAME TO kept", "CREATE VIEW comments AS SELECT * FROM kept"),
        (
            "ALTER TABLE comments RENAME TO kept",
            "CREATE VIRTUAL TABLE comments USING fts5(tid, id, parent, created, modified, mode, text, author, website)",
        ),
        ("DROP TABLE threads",),
        ("ALTER TABLE comments RENAME COLUMN text TO words",),
        ("UPDATE comments SET created = 'yesterday'",),
        ("UPDATE comments SET likes = -1",),
        ("UPDATE comments SET text = zeroblob(30000000)",),
        ("ALTER TABLE threads RENAME COLUMN title TO old", "ALTER TABLE threads ADD title AS (upper(old))"),
    ],
)
def test_a_database_of_isso_is_not_trusted(site: Path, tmp_path: Path, statements: tuple[str, ...]) -> None:
    file = prepare("isso", tmp_path)
    spoil_database(file, "DROP TRIGGER remove_stale_threads", *statements)
    done = capture(site, "isso", file)
    assert done.code == 1
    assert not (site / SNAPSHOT).exists()


def test_a_database_of_isso_that_is_in_use_is_refused(site: Path, tmp_path: Path) -> None:
    file = prepare("isso", tmp_path)
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("UPDATE comments SET mode = 2")
        database.commit()
        done = capture(site, "isso", file)
    assert done.code == 1
    assert "its last changes are in comments.db-wal" in done.err


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("a.yml", "message: [", ":1:"),
        ("a.yml", "message: x\nmessage: y", ":2:"),
        ("a.yml", "a: &a [x, x]\nmessage: !!python/object:os.system x", ":2:"),
        ("a.yml", "a: &a [x]\nb: &b [*a, *a]\n" + "c: [" + "*b, " * 20_000 + "]\nmessage: x", ":1:"),
        ("a.yml", "- message", ""),
        ("a.yml", "name: x", ""),
        ("a.json", '{"message": ', ":1:"),
        ("a.json", '{"message": "x", "date": "09-07-23 17:22"}', ":1"),
    ],
)
def test_a_broken_file_of_staticman_is_named(site: Path, tmp_path: Path, name: str, text: str, place: str) -> None:
    file = tmp_path / "comments" / "bridge" / name
    file.parent.mkdir(parents=True)
    file.write_text(text)
    done = call_sitegen("-C", site, "comments", "capture", "staticman", tmp_path / "comments")
    assert done.code == 1
    assert f"{file}{place}" in done.err
    assert not (site / SNAPSHOT).exists()
