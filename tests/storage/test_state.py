"""The memory: what was put in comes out, or nothing does. It never lies, and nobody has to mend it."""

import gc
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.errors import MachineError
from sitegen.model.codec import UnreadableError, encode
from sitegen.model.digests import digest_bytes
from sitegen.model.names import Digest, OutPath
from sitegen.model.source import Scan, stamp_scan
from sitegen.model.trace import Trace
from sitegen.storage.reader import open_reader
from sitegen.storage.state import Left, State, open_state
from sitegen.storage.tables import Rows, decode_stamps, decode_table
from tests.powers import bind_by_permissions

KEYS = [Digest(f"key-{number}") for number in range(40)]
VALUES = {key: f"value of {key} ".encode() * 30 for key in KEYS}
SCAN = stamp_scan({f"content/{number}.md": (number, 10, 11, digest_bytes(b"%d" % number)) for number in range(40)}, 99)
NO_SCAN = Scan(began_ns=0, contents=Digest(""), stamps={})
TRACES = {
    OutPath(f"{number}/index.html"): Trace(key=KEYS[number], digest="0" * 64, size=9, mtime_ns=8, ctime_ns=7)
    for number in range(40)
}
TEXTS = {Digest("text"): (OutPath("0/index.html"),), Digest("other"): None}
PUBLISHED = {f"content/{number}.md": (KEYS[number], Digest("body")) for number in range(40)}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".sitegen" / "state.sqlite"


def fill(path: Path) -> None:
    with open_state(path) as state:
        state.store("article", list(VALUES.items()))
        state.remember_scan(SCAN)
        state.replace_traces("output", TRACES, PUBLISHED)
        state.leave("output", Left(receipt=b"receipt", groundwork=b"groundwork", tables={"texts": encode(TEXTS)}))


def read_all(path: Path) -> dict[str, object]:
    """Everything that is remembered."""
    with open_state(path) as state:
        return {
            "values": state.load_many("article", KEYS),
            "scan": state.last_scan(),
            "traces": state.traces("output"),
            "stamps": decode_stamps(state.stamps("output")),
            "receipt": state.receipt("output"),
            "groundwork": state.groundwork("output"),
            "texts": state.texts("output"),
            "published": state.published("output"),
            "files": dict(state.keys("output")),
            "keys": state.list_keys_elsewhere(""),
            "outputs": state.outputs(),
        }


FULL: dict[str, object] = {
    "values": VALUES,
    "scan": SCAN,
    "traces": TRACES,
    "stamps": dict.fromkeys(TRACES, (9, 8, 7)),
    "receipt": b"receipt",
    "groundwork": b"groundwork",
    "texts": TEXTS,
    "published": PUBLISHED,
    "files": {path: trace.key for path, trace in TRACES.items()},
    "keys": {*KEYS, "body"},
    "outputs": ("output",),
}
EMPTY: dict[str, object] = {
    "values": {},
    "scan": NO_SCAN,
    "traces": {},
    "stamps": {},
    "receipt": None,
    "groundwork": None,
    "texts": {},
    "published": {},
    "files": {},
    "keys": frozenset(),
    "outputs": (),
}


def test_an_edit_changes_rows_of_tables_until_the_next_publication(path: Path) -> None:
    fill(path)
    page, source = OutPath("0/index.html"), "content/0.md"
    trace = Trace(key=KEYS[1], digest="1" * 64, size=10, mtime_ns=11, ctime_ns=12)
    for text in ("new", "newer"):
        with open_state(path) as state:
            rows: dict[str, Rows] = {"texts": {Digest(text): (page,)}, "lines": {page: text}}
            state.amend("output", {page: trace}, {source: (Digest(text),)}, rows, text.encode(), None)
            stamps = {**SCAN.stamps, source: (1, 2, 3, Digest(text))}
            state.amend_scan(stamp_scan(stamps, 100), state.last_scan())
    found = read_all(path)
    assert found["traces"] == {**TRACES, page: trace}
    assert found["stamps"] == {**dict.fromkeys(TRACES, (9, 8, 7)), page: (10, 11, 12)}
    assert found["files"] == {path: made.key for path, made in {**TRACES, page: trace}.items()}
    assert found["published"] == {**PUBLISHED, source: (Digest("newer"),)}
    assert found["texts"] == {**TEXTS, Digest("new"): (page,), Digest("newer"): (page,)}
    assert found["scan"] == stamp_scan({**SCAN.stamps, source: (1, 2, 3, Digest("newer"))}, 100)
    assert (found["receipt"], found["groundwork"]) == (b"newer", b"groundwork")
    with open_state(path) as state:
        assert decode_table(state.table("lines", "output"), dict[str, str]) == {page: "newer"}
    fill(path)
    assert read_all(path) == FULL
    with open_state(path) as state:
        state.amend("output", {page: trace}, {}, {"texts": {Digest("new"): (page,)}}, b"receipt", b"more")
        assert state.groundwork("output") == b"more"
        state.forget_output("output")
    assert not {*read_all(path)["traces"], *read_all(path)["texts"]}  # type: ignore[misc]


def test_what_a_damaged_memory_has_lost_is_not_amended(path: Path) -> None:
    with open_state(path) as state, pytest.raises(UnreadableError):
        state.amend("output", TRACES, PUBLISHED, {}, b"receipt", b"groundwork")
    assert read_all(path) == EMPTY


def test_what_was_remembered_is_there_next_time(path: Path) -> None:
    assert read_all(path) == EMPTY
    fill(path)
    assert read_all(path) == FULL
    assert sorted(entry.name for entry in path.parent.iterdir()) == ["state.sqlite", "state.sqlite.lock"]


def test_values_are_kept_by_kind_and_key(path: Path) -> None:
    with open_state(path) as state:
        state.store("article", [(KEYS[0], b"text"), (KEYS[0], b"newer")])
        assert state.load("article", KEYS[0]) == b"newer"
        assert state.load("body", KEYS[0]) is None
        assert state.load_many("article", [KEYS[1], KEYS[0]]) == {KEYS[0]: b"newer"}


def test_more_values_than_one_query_can_name(path: Path) -> None:
    many = [Digest(f"{number}") for number in range(1234)]
    with open_state(path) as state:
        state.store("article", [(key, key.encode()) for key in many])
        assert len(state.load_many("article", many)) == 1234


def test_what_is_not_kept_is_forgotten(path: Path) -> None:
    fill(path)
    with open_state(path) as state:
        state.store("body", [(KEYS[1], b"other kind")])
        state.forget_except("article", {KEYS[0]})
        assert list(state.load_many("article", KEYS)) == [KEYS[0]]
        assert state.load("body", KEYS[1]) == b"other kind"


def test_a_scan_takes_the_place_of_the_one_before(path: Path) -> None:
    fill(path)
    with open_state(path) as state:
        other = stamp_scan({"content/1.md": SCAN.stamps["content/1.md"]}, 100)
        state.remember_scan(other)
        assert state.last_scan() == other != SCAN
        assert other.contents != SCAN.contents == stamp_scan(SCAN.stamps, 101).contents


def test_publications_into_different_folders_are_kept_apart(path: Path) -> None:
    fill(path)
    with open_state(path) as state:
        state.replace_traces("/elsewhere", {}, {"content/x.md": (Digest("x"),)})
        assert state.traces("output") == TRACES
        assert state.list_keys_elsewhere("") == {*KEYS, "body", "x"}
        assert state.list_keys_elsewhere("/elsewhere") == {*KEYS, "body"}
        assert state.receipt("output") == b"receipt"
        state.replace_traces("output", {}, {})
        assert state.receipt("output") is None  # it was that of the publication before
        assert state.traces("output") == {}
        assert state.published("/elsewhere") == {"content/x.md": (Digest("x"),)}
        state.forget_output("/elsewhere")
        assert state.published("/elsewhere") == {}


def test_everything_can_be_forgotten(path: Path) -> None:
    fill(path)
    with open_state(path) as state:
        state.forget_everything()
    assert read_all(path) == EMPTY


def test_a_reader_sees_values_while_the_memory_is_set_aside(path: Path) -> None:
    with open_state(path) as state:
        state.store("body", [(KEYS[0], b"text")])
        state.set_aside()
        reader = open_reader(path)
        assert reader.load("body", KEYS[0]) == b"text"
        assert reader.load("body", KEYS[1]) is None
        del reader
        state.store("body", [(KEYS[1], b"more")])
        assert state.load("body", KEYS[1]) == b"more"


def test_a_reader_can_hold_on_to_what_there_is(path: Path) -> None:
    with open_state(path) as state:
        state.store("body", [(KEYS[0], b"text")])
        reader = open_reader(path)
        with reader.hold():
            assert reader.load("body", KEYS[0]) == b"text"
            state.store("body", [(KEYS[1], b"more")])
            assert reader.load("body", KEYS[1]) is None
        with reader.hold():
            assert reader.load("body", KEYS[1]) == b"more"
        assert reader.load("body", KEYS[1]) == b"more"


def test_a_reader_may_be_thrown_away_by_another_thread(path: Path) -> None:
    with open_state(path) as state:
        state.store("body", [(KEYS[0], b"text")])
        readers = [open_reader(path)]
        thread = threading.Thread(target=readers.clear)
        thread.start()
        thread.join()
    gc.collect()
    assert readers == []


def test_a_reader_that_holds_a_file_that_is_none_finds_nothing(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"no database" * 1000)
    reader = open_reader(path)
    with reader.hold():
        assert reader.load("body", KEYS[0]) is None


def test_no_connection_is_open_while_processes_are_forked(path: Path) -> None:
    with open_state(path) as state:
        state.store("body", [(KEYS[0], b"text")])
        state.set_aside()
        descriptors = [Path("/proc/self/fd", name) for name in os.listdir("/proc/self/fd")]  # noqa: PTH208 -- strings
        opened = [str(file.readlink()) for file in descriptors if file.is_symlink()]
    assert [name for name in opened if name.startswith(str(path))] == [f"{path}.lock"]


def test_an_interrupted_transaction_leaves_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_state(path) as state:
        items = [(KEYS[0], b"text"), (KEYS[1], None)]
        with pytest.raises(TypeError):
            state.store("body", items)  # type: ignore[arg-type]
        assert state.load("body", KEYS[0]) is None


# Damage ---------------------------------------------------------------------------------------------------------------


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "x").write_bytes(b"")


def make_other_version(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()


def make_foreign_database(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE notes (text)")
    connection.close()


def lose_a_table(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE facts")
    connection.close()


def take_a_foreign_log(path: Path) -> None:
    other = path.with_name("other.sqlite")
    with open_state(other) as state:
        state.store("article", [(KEYS[39], VALUES[KEYS[39]])])
        shutil.copy(f"{other}-wal", f"{path}-wal")


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"\0" * 5000),
        lambda path: path.write_bytes(b"no database at all " * 500),
        lambda path: os.truncate(path, path.stat().st_size // 2),
        lambda path: os.truncate(path, path.stat().st_size - 1),
        lambda path: os.truncate(path, 100),
        make_folder,
        make_other_version,
        make_foreign_database,
        lose_a_table,
    ],
    ids=[
        "empty",
        "zeros",
        "text",
        "half",
        "a byte short",
        "the header alone",
        "a folder",
        "another version",
        "somebody else's database",
        "a table lost",
    ],
)
def test_damage_is_mended_by_forgetting(path: Path, damage: Callable[[Path], object]) -> None:
    fill(path)
    damage(path)
    found = read_all(path)
    assert all(value in (FULL[name], EMPTY[name]) or name == "values" for name, value in found.items())
    assert_true(found)
    fill(path)
    assert read_all(path) == FULL


def assert_true(found: dict[str, object]) -> None:
    """What is remembered is what was put in, or missing."""
    values = found["values"]
    assert isinstance(values, dict)
    assert values.items() <= VALUES.items()
    for name in ("scan", "traces", "stamps", "published", "receipt"):
        assert found[name] in (FULL[name], EMPTY[name])


def test_a_log_of_another_database_does_no_harm(path: Path) -> None:
    fill(path)
    take_a_foreign_log(path)
    assert_true(read_all(path))
    fill(path)
    assert read_all(path) == FULL


def test_a_log_without_its_database_does_no_harm(path: Path) -> None:
    fill(path)
    take_a_foreign_log(path)
    path.unlink()
    assert_true(read_all(path))


def flip(path: Path, data: bytes, position: int, bit: int) -> None:
    changed = bytearray(data)
    changed[position] ^= 1 << bit
    path.write_bytes(changed)


def check_flips(path: Path, step: int) -> None:
    fill(path)
    data = path.read_bytes()
    for number, position in enumerate(range(0, len(data), step)):
        flip(path, data, position, number % 8)
        assert_true(read_all(path))


def test_no_flipped_bit_makes_the_memory_lie(path: Path) -> None:
    check_flips(path, 331)


@pytest.mark.slow
@pytest.mark.parametrize("step", [11, 17, 23])
def test_no_flipped_bit_anywhere_makes_the_memory_lie(path: Path, step: int) -> None:
    check_flips(path, step)


def test_a_value_under_a_strange_key_is_not_taken_for_that_of_the_key(path: Path) -> None:
    # So it looks where a flipped bit in the index of SQLite leads from one key to the value of another.
    fill(path)
    with sqlite3.connect(path) as connection:
        connection.execute(
            "UPDATE memory SET value = (SELECT value FROM memory WHERE key = ?) WHERE key = ?", (KEYS[1], KEYS[0])
        )
    connection.close()
    with open_state(path) as state:
        assert state.load("article", KEYS[0]) is None
        assert state.load_many("article", KEYS[:2]) == {KEYS[1]: VALUES[KEYS[1]]}
    assert open_reader(path).load("article", KEYS[0]) is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE facts SET value = (SELECT value FROM facts WHERE name = 'scan')",
        "UPDATE facts SET value = replace(value, '0', '1') WHERE name = 'traces of output'",
        "UPDATE facts SET name = 'traces of elsewhere' WHERE name = 'traces of output'",
        "UPDATE facts SET name = 'traces of ' || CAST(x'ff' AS TEXT) WHERE name = 'traces of output'",
        "UPDATE facts SET name = NULL WHERE name = 'receipt of output'",
        "UPDATE facts SET name = 'receiqt of output' WHERE name = 'receipt of output'",
        "DELETE FROM facts WHERE name = 'stamps of output'",
        "DELETE FROM facts WHERE name = 'traces of output'",
        "DELETE FROM facts WHERE name = 'names'",
        "UPDATE facts SET value = x'00'",
        "UPDATE facts SET value = 5",
        "DELETE FROM facts",
    ],
)
def test_a_row_that_was_not_written_like_this_makes_the_memory_empty(path: Path, statement: str) -> None:
    fill(path)
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()
    assert_true(read_all(path))


def test_damage_that_appears_while_it_is_open(path: Path) -> None:
    fill(path)
    with open_state(path) as state:
        state.set_aside()
        path.write_bytes(b"\xff" * 8192)
        state.store("article", [(KEYS[0], b"text")])
        assert state.load("article", KEYS[0]) == b"text"


# What others must mend ------------------------------------------------------------------------------------------------


def test_a_memory_that_somebody_else_has_locked_is_not_thrown_away(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.storage.database._TIMEOUT", 0.05)
    fill(path)
    stranger = sqlite3.connect(path, isolation_level=None)
    stranger.execute("BEGIN IMMEDIATE")
    with (
        open_state(path) as state,
        pytest.raises(MachineError, match=r"state\.sqlite: database is locked$"),
    ):
        state.store("article", [(KEYS[0], b"text")])
    stranger.execute("ROLLBACK")
    stranger.close()
    assert read_all(path) == FULL


def test_a_full_disk_is_no_damage(path: Path) -> None:
    fill(path)
    with open_state(path) as state:
        state._database.connection.execute("PRAGMA max_page_count = 1")
        with pytest.raises(MachineError, match=r"state\.sqlite: database or disk is full$") as failure:
            state.store("article", [(KEYS[0], b"x" * 100_000)])
    assert failure.value.hint == "free some space and run it again; nothing was lost"
    assert read_all(path) == FULL


def test_a_mistake_in_the_program_is_no_damage(path: Path) -> None:
    fill(path)
    with open_state(path) as state:
        state._database.connection.close()
        with pytest.raises(sqlite3.ProgrammingError):
            state.load("article", KEYS[0])
        state.set_aside()
    assert read_all(path) == FULL


_USE = """
import sys
from pathlib import Path
from sitegen.storage.state import open_state
with open_state(Path(sys.argv[1])) as state:
    state.store("body", [("key", b"text")])
    assert state.load("body", "key") == b"text"
"""


def use_bound_by_permissions(path: Path) -> str:
    """The last line that a process says which uses the memory."""
    done = subprocess.run(
        bind_by_permissions(sys.executable, "-c", _USE, str(path)), capture_output=True, text=True, timeout=20
    )
    return done.stderr.splitlines()[-1] if done.stderr else ""


def test_a_file_that_may_only_be_read_is_replaced(path: Path) -> None:
    fill(path)
    path.chmod(0o444)
    assert use_bound_by_permissions(path) == ""
    with open_state(path) as state:
        assert state.load("body", Digest("key")) == b"text"


def test_a_folder_that_may_only_be_read_is_a_failure_of_the_machine(path: Path) -> None:
    fill(path)
    path.chmod(0o444)
    path.parent.chmod(0o555)
    said = use_bound_by_permissions(path)
    path.parent.chmod(0o755)
    assert said.startswith("sitegen.errors.MachineError: ")
    assert str(path) in said


def test_two_processes_share_a_memory_in_turn(path: Path) -> None:
    commands = [[sys.executable, "-c", _USE, str(path)] for _ in range(4)]
    processes = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for command in commands]
    assert [process.communicate(timeout=20)[1] for process in processes] == ["", "", "", ""]


def test_the_state_opens_nothing_before_it_is_used(path: Path) -> None:
    State(path)
    assert not path.exists()
