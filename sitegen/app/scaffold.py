"""New sites and new articles."""

import json
import re
from datetime import datetime
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from sitegen.errors import UsageError
from sitegen.plan.slugs import slugify
from sitegen.storage.files import write_atomic

_DOTTED = {"gitignore": ".gitignore"}


def create_site(folder: Path) -> tuple[str, ...]:
    """Write a small working site into `folder`, and return its files.

    Raises UsageError if the folder already holds something: nothing is ever overwritten.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not empty", "name a new folder: sitegen init my-site")
    starter = resources.files("sitegen.app") / "starter"
    files = tuple(_walk(starter, PurePosixPath()))
    for path, source in files:
        write_atomic(folder / path, source.read_bytes())
    return tuple(str(path) for path, _ in files)


def _walk(folder: Traversable, path: PurePosixPath) -> list[tuple[PurePosixPath, Traversable]]:
    """Return the files below `folder`; a name such as `gitignore` gets its dot, which packaging tools drop."""
    found: list[tuple[PurePosixPath, Traversable]] = []
    for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if item.name == "__pycache__":
            continue
        name = path / _DOTTED.get(item.name, item.name)
        found += _walk(item, name) if item.is_dir() else [(name, item)]
    return found


def create_article(root: Path, name: str, title: str | None, clock: datetime, timezone: str) -> Path:
    """Write a draft at `SECTION/SLUG` (or `pages/SLUG`), dated at `clock`, and return its path.

    Raises UsageError for a name that is no address, and for an article that is already there.
    """
    parts = PurePosixPath(name.removeprefix("content/").removesuffix(".md")).parts
    if not parts or len(parts) > _DEEPEST or parts[-1] in {"/", ".."} or any(map(_UNFIT.search, parts[:-1])):
        raise UsageError(f"`{name}` is no SECTION/SLUG", _EXAMPLE)
    *folders, last = parts
    slug = slugify(last)
    if not slug:
        raise UsageError(f"`{last}` has no letter or digit", _EXAMPLE)
    heading = title or slug.replace("-", " ").capitalize()
    local = clock.astimezone(ZoneInfo(timezone))
    is_page = folders[:1] == ["pages"]
    file = f"{slug}.md" if is_page else f"{local:%Y-%m-%d}-{slug}.md"
    if any(len(part.encode()) > _LONGEST for part in (*folders, file)):
        raise UsageError(f"`{name}` is too long", "choose a shorter SLUG, and give the headline with --title")
    path = root.joinpath("content", *folders, file)
    if path.exists():
        raise UsageError(f"{path} is already there", "choose another SLUG")
    dated = "" if is_page else f"date: {local:%Y-%m-%d %H:%M}\n"
    text = f"---\ntitle: {json.dumps(heading, ensure_ascii=False)}\n{dated}draft: true\ndescription: \n---\n\n"
    write_atomic(path, text.encode("utf-8"))
    return path


_EXAMPLE = "write it as: sitegen new world/bridge-reopens"
_DEEPEST = 6
_LONGEST = 200
"""Bytes of one name; file systems take 255, and there is a temporary name beside it."""
_UNFIT = re.compile(r"^[./]|[\\\x00-\x1f\x7f]")
"""Folders that are hidden, lead out, or cannot be written down."""
