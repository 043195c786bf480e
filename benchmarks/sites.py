"""Sites of sitegen that are measured, and the edits that somebody makes in them."""

import os
import shutil
import sys
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks.corpus import Remark, make_post, make_posts
from benchmarks.layouts import write_sitegen, write_sitegen_post

SITEGEN = Path(sys.executable).with_name("sitegen")
"""The program."""
BUILD = (str(SITEGEN), "-q", "build", "--clock", "2200-01-01T00:00:00Z")
"""Builds the site in the working directory, long after all its articles were published."""
MADE = ("output", ".sitegen", "permalinks.lock")
"""What a build leaves behind."""
VARIANTS: Mapping[str, tuple[str, str]] = {
    "sitegen": ("equal", "python-markdown"),
    "sitegen, commonmark": ("equal", "commonmark"),
    "sitegen, broadsheet": ("own", "python-markdown"),
}
"""The theme and the engine of each."""
_BROADSHEET = Path(__file__).parents[1] / "themes" / "broadsheet" / "templates"
_PARTIALS = {"equal": "themes/equal/templates/cards.html", "own": "themes/own/templates/partials/footer.html"}
_CHUNK = 500


def write_variant(folder: Path, theme: str, engine: str, count: int) -> Path:
    """Write a site of `count` articles on all cores; return its folder."""
    write_sitegen(folder, (), theme=theme, engine=engine)
    if theme == "own":  # broadsheet with one file of one's own, which is edited
        own = folder / _PARTIALS["own"]
        own.parent.mkdir(parents=True)
        shutil.copy(_BROADSHEET / "partials" / "footer.html", own)
        config = folder / "sitegen.toml"
        config.write_text(config.read_text().replace('["own"]', '["own", "broadsheet"]'))
    chunks = [range(start, min(start + _CHUNK, count)) for start in range(0, count, _CHUNK)]
    with ProcessPoolExecutor(min(len(chunks), os.cpu_count() or 1) or 1) as pool:
        list(pool.map(partial(_write_posts, folder), chunks))
    return folder


def _write_posts(folder: Path, numbers: range) -> None:
    for post in make_posts(len(numbers), numbers.start):
        write_sitegen_post(folder, post)


class Site:
    """A site of sitegen, and the edits that somebody makes in it."""

    def __init__(self, root: Path, count: int, theme: str) -> None:
        """Edit the site at `root`, which has `count` articles."""
        self.root = root
        self.count = count
        self.theme = theme
        self.post = make_post(count // 2)

    def edit_body(self, run: int) -> None:
        """Add a sentence to an article."""
        self.post = replace(self.post, body=f"{self.post.body}\nA sentence of run {run}.\n")
        write_sitegen_post(self.root, self.post)

    def edit_title(self, run: int) -> None:
        """Give an article another headline."""
        self.post = replace(self.post, title=f"{make_post(self.post.number).title}, run {run}")
        write_sitegen_post(self.root, self.post)

    def add_comment(self, run: int) -> None:
        """Add a comment to an article."""
        number = len(self.post.remarks) + 1
        remark = Remark(number=number, parent=None, author="Ada", at=self.post.at, text=f"A comment of run {run}.")
        self.post = replace(self.post, remarks=(*self.post.remarks, remark))
        write_sitegen_post(self.root, self.post)

    def add_article(self, run: int) -> None:
        """Add the newest article."""
        write_sitegen_post(self.root, make_post(self.count + run))

    def edit_partial(self, run: int) -> None:
        """Change a partial of the theme that many pages include."""
        path = self.root / _PARTIALS[self.theme]
        path.write_text(f"{path.read_text(encoding='utf-8')}{{# run {run} #}}\n<!-- run {run} -->\n", encoding="utf-8")
