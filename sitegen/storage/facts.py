"""What is noted in the memory under names: each fact is read and written as a whole.

A row whose name is damaged looks like one that never was, and something would be taken for nothing. So the names are
noted too.
"""

from collections.abc import Mapping

from sitegen.model.codec import decode, encode
from sitegen.storage.database import DamagedError, Database
from sitegen.storage.sealing import seal, unseal

_NAMES = "names"
"""Name of the fact that holds those of all others."""


class Facts:
    """The table `facts` of a database; what is read raises DamagedError where it is not what was written."""

    def __init__(self, database: Database) -> None:
        """Use the table in `database`."""
        self._database = database

    def read(self, name: str) -> bytes | None:
        """Return a fact, or None where there is none of that name."""
        value = self._load(name)
        if value is None and name in self._recall_names():
            raise DamagedError(name)
        return value

    def list_names(self, prefix: str) -> tuple[str, ...]:
        """Return the names that begin with `prefix`, in order."""
        return tuple(sorted(name for name in self._recall_names() if name.startswith(prefix)))

    def write(self, facts: Mapping[str, bytes | None]) -> None:
        """Write facts, all or none; None takes one away."""
        gone = {name for name, value in facts.items() if value is None}
        with self._database.transaction() as connection:
            before = self._recall_names()
            names = (before | facts.keys()) - gone
            noted = {**facts, _NAMES: encode(sorted(names))} if names != before else facts
            for name, value in noted.items():
                if value is None:
                    connection.execute("DELETE FROM facts WHERE name = ?", (name,))
                else:
                    connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, seal(name, value)))

    def _recall_names(self) -> frozenset[str]:
        data = self._load(_NAMES)
        if data is not None:
            return frozenset(decode(data, list[str]))
        if self._database.connection.execute("SELECT name FROM facts LIMIT 1").fetchone():
            raise DamagedError(_NAMES)
        return frozenset()

    def _load(self, name: str) -> bytes | None:
        row = self._database.connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        if row is None:
            return None
        value = unseal(name, row[0])
        if value is None:
            raise DamagedError(name)
        return value
