"""Facts are what was written, or it is known that something is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.storage.database import DamagedError, Database
from sitegen.storage.facts import Facts


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "state.sqlite", "CREATE TABLE facts (name TEXT PRIMARY KEY, value BLOB);", 1)
    Facts(database).write({"stamps of a": b"1", "stamps of b": b"2", "scan": b"3"})
    yield database
    database.close()


def test_facts_are_written_and_taken_away(database: Database) -> None:
    facts = Facts(database)
    facts.write({"stamps of a": b"4", "scan": None, "stamps of c": None})
    found = [facts.read(name) for name in ("stamps of a", "stamps of b", "stamps of c", "scan")]
    assert found == [b"4", b"2", None, None]
    assert facts.list_names("stamps of ") == ("stamps of a", "stamps of b")


def test_nothing_is_known_at_first(tmp_path: Path) -> None:
    database = Database(tmp_path / "new.sqlite", "CREATE TABLE facts (name TEXT PRIMARY KEY, value BLOB);", 1)
    assert Facts(database).read("scan") is None
    assert Facts(database).list_names("") == ()
    database.close()


@pytest.mark.parametrize("name", ["scan", "names"])
@pytest.mark.parametrize(
    "change", ["DELETE FROM facts", "UPDATE facts SET name = 'other'", "UPDATE facts SET value = 0"]
)
def test_a_fact_that_is_lost_is_not_taken_for_none(database: Database, name: str, change: str) -> None:
    database.connection.execute(f"{change} WHERE name = ?", (name,))
    with pytest.raises(DamagedError):
        Facts(database).read("scan" if name == "scan" else "nothing")


def test_facts_are_written_all_or_none(database: Database) -> None:
    with pytest.raises(TypeError):
        Facts(database).write({"scan": None, "stamps of d": 5})  # type: ignore[dict-item]
    assert Facts(database).read("scan") == b"3"
    assert Facts(database).list_names("stamps of d") == ()
