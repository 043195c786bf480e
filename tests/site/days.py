"""A site that is edited step by step: a build that goes on from the last ends where one from nothing does."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant

from sitegen.model.values import replace
from tests.samples import CLOCK
from tests.sites import (
    build_as_ordered,
    call_build,
    find_standing_site,
    read_tree,
    write_article,
    write_files,
    write_site,
)


def pick(data: st.DataObject, options: Any) -> Any:
    """One of `options`."""
    return data.draw(st.sampled_from(tuple(options)))


class Days(RuleBasedStateMachine):
    """A site with the theme `tiny`; what happens to it is told by subclasses."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="sitegen-days-"))
        self.site = write_site(self.folder / "site")
        self.output = self.site / "output"
        self.documents: dict[str, dict[str, str]] = {}
        self.clock = CLOCK
        self.addresses_last = False

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def write_document(self, path: str, fields: dict[str, str]) -> None:
        self.documents[path] = fields
        written = {key: value for key, value in fields.items() if value and key != "body"}
        write_files(
            self.site, {path: write_article(written.pop("title"), written.pop("date"), fields["body"], **written)}
        )

    def write_or_remove(self, path: str, content: str | bytes | None) -> None:
        """Write a file, whatever stands in its way, or remove it."""
        target = self.site / path
        for parent in target.parents:
            if parent.is_file():
                parent.unlink()
        if target.is_dir():
            shutil.rmtree(target)
        target.unlink(missing_ok=True)
        if content is not None:
            write_files(self.site, {path: content})

    def edit_field(self, path: str, field: str, value: str) -> None:
        """Change what is shown of an article where it stands."""
        self.write_document(path, {**self.documents[path], field: value})
        self.addresses_last = True

    @invariant()
    def ends_where_a_clean_build_does(self) -> None:
        # Addresses that end are errors: as an editor who means it does, forget those of the step before.
        if not self.addresses_last:
            (self.site / "permalinks.lock").unlink(missing_ok=True)
        self.addresses_last = False
        before = read_tree(self.output)
        report = call_build(self.site, clock=self.clock)
        after = read_tree(self.output)
        shutil.rmtree(self.folder / "fresh", ignore_errors=True)
        shutil.rmtree(self.folder / "memory", ignore_errors=True)
        lock = self.site / "permalinks.lock"
        locked = lock.read_bytes() if lock.exists() else None
        fresh = {"state_folder": self.folder / "memory", "clock": self.clock}
        clean = build_as_ordered(self.site, self.folder / "fresh", **fresh)
        assert locked == (lock.read_bytes() if lock.exists() else None)
        assert report.problems == clean.problems
        assert report.next_change == clean.next_change
        assert report.published == clean.published
        if not report.published:
            assert after == before
            return
        assert after == read_tree(self.folder / "fresh")
        written = {path for path, data in after.items() if before.get(path) != data} - {"manifest.sha256"}
        assert (report.written, report.removed) == (len(written), len(before.keys() - after.keys()))
        standing = find_standing_site(self.site, clock=self.clock)
        again = build_as_ordered(self.site, clock=self.clock)
        assert (again.rendered, again.written, again.removed) == (0, 0, 0)
        assert again.problems == report.problems
        assert standing is not None
        assert replace(standing, seconds=0.0) == replace(again, seconds=0.0)
