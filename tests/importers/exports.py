"""Exports of every platform, made of the same comments, for what has to hold for all of them."""

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from html import escape
from pathlib import Path

from sitegen.importers.records import CapturedThread, ImportRequest, Tally
from sitegen.importers.registry import find_thread_reader
from sitegen.model.config import Config
from tests.samples import CLOCK

CAPTURES = Path(__file__).parent / "captures"
ADDRESS = "https://old.example/2023/bridge/"
ARGUMENTS: Mapping[str, tuple[str, ...]] = {"mastodon": ("--url", ADDRESS)}
"""What has to be said beside the input."""
TIME = "2023-07-09T17:22:00Z"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A comment, whatever it is exported from."""

    id: int
    """Its number."""
    parent: int | None = None
    """What it answers."""
    name: str = "Ana"
    """Who wrote it."""
    text: str = "Words."
    """What it says, as plain text."""


def read_capture(platform: str, folder: Path) -> CapturedThread:
    """Return the only thread of the written capture of a platform."""
    url = ADDRESS if platform in ARGUMENTS else None
    request = ImportRequest(inputs=(str(prepare(platform, folder)),), config=Config(), clock=CLOCK, url=url)
    (thread,) = find_thread_reader(platform)(request, Tally())
    return thread


def prepare(platform: str, folder: Path) -> Path:
    """Return the written capture of a platform, as its reader wants it."""
    if platform == "isso":
        file = folder / "comments.db"
        with closing(sqlite3.connect(file)) as database:
            database.executescript((CAPTURES / "isso.sql").read_text(encoding="utf-8"))
        return file
    return next(path for path in CAPTURES.iterdir() if path.stem == platform)


def write_disqus(said: Sequence[Said], file: Path) -> None:
    """Write a Disqus export."""
    head = '<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">'
    lines = [head, f'<thread dsq:id="7"><link>{ADDRESS}</link></thread>']
    for item in said:
        parent = f'<parent dsq:id="{item.parent}"/>' if item.parent else ""
        lines.append(
            f'<post dsq:id="{item.id}"><message>{escape(escape(item.text))}</message><createdAt>{TIME}</createdAt>'
            "<isDeleted>false</isDeleted><isSpam>false</isSpam>"
            f'<author><name>{escape(item.name)}</name></author><thread dsq:id="7"/>{parent}</post>'
        )
    file.write_text("\n".join([*lines, "</disqus>"]), encoding="utf-8")


def write_isso(said: Sequence[Said], file: Path) -> None:
    """Write a database of isso."""
    script = (CAPTURES / "isso.sql").read_text(encoding="utf-8").split("INSERT INTO comments")[0]
    with closing(sqlite3.connect(file)) as database:
        database.executescript(script)
        rows = [(item.id, item.parent, item.text, item.name) for item in said]
        database.executemany(
            "INSERT INTO comments (tid, id, parent, created, mode, text, author, voters)"
            " VALUES (3, ?, ?, 1688923320, 1, ?, ?, x'00')",
            rows,
        )
        database.commit()


def write_remark42(said: Sequence[Said], file: Path) -> None:
    """Write a backup of remark42."""
    lines = [json.dumps({"version": 1})]
    lines += (
        json.dumps(
            {
                "id": str(item.id),
                "pid": str(item.parent or ""),
                "text": f"<p>{escape(item.text)}</p>",
                "user": {"name": escape(item.name), "id": "a"},
                "locator": {"site": "gazette", "url": ADDRESS},
                "time": TIME,
            }
        )
        for item in said
    )
    file.write_text("\n".join(lines), encoding="utf-8")


def write_commento(said: Sequence[Said], file: Path) -> None:
    """Write an export of Commento."""
    comments = [
        {
            "commentHex": str(item.id),
            "domain": "old.example",
            "url": "/2023/bridge/",
            "commenterHex": str(item.id),
            "markdown": item.text,
            "parentHex": str(item.parent or "root"),
            "state": "approved",
            "creationDate": TIME,
        }
        for item in said
    ]
    people = [{"commenterHex": str(item.id), "name": item.name, "link": "undefined"} for item in said]
    file.write_text(json.dumps({"version": 1, "comments": comments, "commenters": people}), encoding="utf-8")


def write_comentario(said: Sequence[Said], file: Path) -> None:
    """Write an export of Comentario."""
    comments = [
        {
            "id": str(item.id),
            "pageId": "p",
            "parentId": str(item.parent) if item.parent else None,
            "html": f"<p>{escape(item.text)}</p>",
            "isApproved": True,
            "createdTime": TIME,
            "authorName": item.name,
        }
        for item in said
    ]
    export = {"version": 3, "pages": [{"id": "p", "path": "/2023/bridge/"}], "comments": comments}
    file.write_text(json.dumps(export), encoding="utf-8")


def write_staticman(said: Sequence[Said], folder: Path) -> None:
    """Write a folder of Staticman."""
    (folder / "bridge").mkdir(parents=True)
    for item in said:
        fields = {"_id": str(item.id), "name": item.name, "message": item.text, "date": 1688923320}
        reply = {"reply_to": str(item.parent)} if item.parent else {}
        file = folder / "bridge" / f"entry{item.id:06}.json"
        file.write_text(json.dumps({**fields, **reply}), encoding="utf-8")


def write_mastodon(said: Sequence[Said], file: Path) -> None:
    """Write a context of Mastodon, whose names are never empty."""
    descendants = [
        {
            "id": str(item.id),
            "in_reply_to_id": str(item.parent or "root"),
            "created_at": TIME,
            "visibility": "public",
            "content": f"<p>{escape(item.text)}</p>",
            "account": {"username": "", "display_name": item.name},
        }
        for item in said
    ]
    file.write_text(json.dumps({"ancestors": [], "descendants": descendants}), encoding="utf-8")


WRITERS: Mapping[str, Callable[[Sequence[Said], Path], None]] = {
    "disqus": write_disqus,
    "isso": write_isso,
    "remark42": write_remark42,
    "commento": write_commento,
    "comentario": write_comentario,
    "staticman": write_staticman,
    "mastodon": write_mastodon,
}
"""Platforms whose comments may answer any other one."""
