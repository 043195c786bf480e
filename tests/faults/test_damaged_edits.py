"""An edit meets a memory that is damaged: the site is built from what is whole, as if nothing had been remembered."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sitegen.storage.state import STATE_FILE, STATE_FOLDER
from tests.sites import (
    build_as_ordered,
    call_build,
    find_standing_site,
    read_tree,
    write_article,
    write_files,
    write_site,
    write_snapshot,
)

FILES = {
    "content/world/a.md": write_article("A", body="See [b](b.md).", tags="[red]", description="x"),
    "content/world/b.md": write_article("B", "2026-10-02", tags="[red]"),
    "content/world/a.comments.json": write_snapshot("One."),
}


def write_edit(kind: str, number: int) -> dict[str, str]:
    """The files that are others after an edit."""
    if kind == "text":
        return {"content/world/a.md": write_article("A", body=f"[b](b.md) {number}", tags="[red]", description="x")}
    if kind == "comment":
        return {"content/world/a.comments.json": write_snapshot("One.", f"Number {number}.")}
    return {"content/world/b.md": write_article(f"B {number}", "2026-10-02", tags="[red]")}


def list_facts(memory: Path) -> list[str]:
    with closing(sqlite3.connect(memory)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM facts ORDER BY name")]


def damage(memory: Path, how: str, name: str) -> None:
    with closing(sqlite3.connect(memory)) as connection, connection:
        connection.execute(DAMAGES[how], (name,))


DAMAGES = {
    "lost": "DELETE FROM facts WHERE name = ?",
    "spoilt": "UPDATE facts SET value = replace(value, '0', '1') || 'x' WHERE name = ?",
}


class Sites:
    """A site that is edited again and again, each time with a memory that is damaged."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.site = write_site(folder / "site", FILES)
        self.memory = self.site / STATE_FOLDER / STATE_FILE
        self.number = 0
        assert call_build(self.site).published

    def edit(self, kind: str) -> None:
        self.number += 1
        write_files(self.site, write_edit(kind, self.number))

    def check(self, kind: str, how: str, name: str) -> None:
        """Edit the site twice, the second time with a damaged memory, and look at what is published."""
        self.edit(kind)
        assert find_standing_site(self.site), name  # tables have changes from now on
        damage(self.memory, how, name)
        self.edit(kind)
        assert call_build(self.site).published
        clean = self.folder / f"clean-{self.number}"
        assert build_as_ordered(self.site, clean / "output", state_folder=clean / "memory").published
        assert read_tree(self.site / "output") == read_tree(clean / "output"), name
        shutil.rmtree(clean)


@pytest.mark.parametrize(
    ("kind", "how", "name"),
    [
        ("text", "lost", "texts of output"),
        ("text", "lost", "changes to texts of output"),
        ("headline", "lost", "names"),
        ("headline", "spoilt", "published in output"),
    ],
)
def test_one_fact_is_damaged(tmp_path: Path, kind: str, how: str, name: str) -> None:
    Sites(tmp_path).check(kind, how, name)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["text", "comment", "headline"])
@pytest.mark.parametrize("how", sorted(DAMAGES))
def test_any_fact_is_damaged(tmp_path: Path, kind: str, how: str) -> None:
    sites = Sites(tmp_path)
    sites.edit(kind)
    assert find_standing_site(sites.site)
    names = list_facts(sites.memory)
    assert {"changes to texts of output", "documents of output", "published in output"} <= {*names}
    for name in names:
        sites.check(kind, how, name)
