"""A site with everything that an edit may reach: texts in feeds, a text that two documents have, comments, a page."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from tests.sites import (
    CONFIG,
    TINY_THEME,
    build_as_ordered,
    call_build,
    read_tree,
    write_article,
    write_files,
    write_site,
    write_snapshot,
)

MAIN = "{% block main %}\n"
A, B, E = (f"content/world/{name}.md" for name in "abe")
FIELDS = {"description": "In short.", "tags": "[red]", "rating": "4 (2 votes)"}
FILES: Mapping[str, str] = {
    "sitegen.toml": CONFIG + "[feeds]\ncontent = 'full'\n",
    "themes/tiny/templates/article.html": TINY_THEME["article.html"].replace(
        MAIN, MAIN + "{{ page.reading_minutes }} minutes\n"
    ),
    A: write_article("A", body="See [b](b.md).", **FIELDS),
    B: write_article("B", "2026-10-02", body="Other."),
    "content/world/c.md": write_article("C", "2026-10-03", body="Same.", draft="true"),
    "content/world/d.md": write_article("D", "2026-10-04", body="Same."),
    "content/world/a.comments.json": write_snapshot("One.", "Two."),
    "content/pages/about.md": write_article("About", body="We.", description="We."),
}


def build_site_to_edit(folder: Path) -> Path:
    """Write and build the site into `folder`."""
    root = write_site(folder, FILES)
    assert call_build(root).published
    return root


def edit(site: Path, path: str, body: str, **fields: str) -> None:
    """Give a document another text; what else is in its front matter has to be among `fields`."""
    title = {A: "A", B: "B"}.get(path, "About")
    day = "2026-10-02" if path == B else "2026-10-01"
    write_files(site, {path: write_article(title, day, body, **fields)})


def compare(site: Path, folder: Path) -> Mapping[str, bytes]:
    """The output, which has to be that of a build from nothing."""
    shutil.rmtree(folder, ignore_errors=True)
    build_as_ordered(site, folder / "fresh", state_folder=folder / "memory")
    made = read_tree(site / "output")
    assert made == read_tree(folder / "fresh")
    return made
