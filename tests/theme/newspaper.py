"""A small newspaper with every part that broadsheet can show."""

import io
import json
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from tests.sites import write_article, write_files

BASE_URL = "https://post.example/news/"

CONFIG = f"""\
title = "The Harbour Post"
description = "News from the quays"
base_url = "{BASE_URL}"
theme = ["broadsheet"]
copyright = "© The Harbour Post"
page_size = 4

[comments]
contact = "editor@post.example"

[[menus.footer]]
title = "About"
url = "pages/about.md"

[languages.ar]
title = "بريد الميناء"
"""

_PARAGRAPH = "The first lorry crossed at half past seven, and a crowd that had waited in the rain since six waved back."

_BODY = f"""\
{_PARAGRAPH}[^1]

## What was said

> It names an ocean, and it is not this one.

| Party | Votes | Share | Strongholds | Turnout there | Change since the last count |
|:------|------:|:-----:|-------------|---------------|-----------------------------|
| Left  | 1,204 | 40 %  | North quay  | 71 %          | up by three points          |

```python
def count(barges, since=None):  # as long as the longest line that anybody ever wrote into a news article
    return sum(1 for barge in barges if since is None or barge.passed >= since or barge.waits_at_the_lock)
```

## Two

[A page](../pages/about.md) and [a site](https://elsewhere.example/).

## Three

## Four

## Five

{_PARAGRAPH}

[^1]: Minutes of the council.
"""

OFFICE = write_article(
    "An office that will not open",
    "2026-10-02 17:00",
    _BODY,
    description="What was said, and what it changes",
    updated="2026-10-03 09:15",
    authors="[Ana Ruiz, Tom Baker, Mei Chen]",
    tags="[Harbour, Treaties]",
    label="Analysis",
    source="[RT. com, ABC Flash Point News 2023.]",
    rating="{value: 4, votes: 2, label: Article Rating}",
    image="{src: /quay.png, alt: A quay at dusk, caption: The quay, credit: Mei Chen}",
    corrections='[{date: 2026-10-04, text: "It was 2018, not 2017."}]',
)


def _comment(number: int, **changes: object) -> dict[str, object]:
    plain = {
        "id": f"wp-{number}",
        "author": {"name": f"Reader {number}"},
        "published": {"at": f"2026-10-03T10:{number:02}:00Z", "precision": "minute"},
        "body": {"format": "text", "text": f"Comment number {number}."},
    }
    return {**plain, **changes}


REACTIONS = {"THUMBS_UP": 2, "heart": 0, "🎉": 1}
MENTIONS = (
    {"id": "m-1", "kind": "pingback", "url": "https://old.example/page", "author": None},
    {"id": "m-2", "kind": "like", "url": "https://ada.example/", "author": "Ada", "published": "2026-10-05"},
    {
        "id": "m-3",
        "kind": "mention",
        "url": "https://neighbour.example/office",
        "author": "A neighbour’s blog",
        "published": "2026-10-04T10:00:00Z",
    },
    {"id": "m-4", "kind": "like"},
)
RATINGS = (
    {"value": 4, "count": 2},
    {"key": "balance", "label": "Balance", "value": 3.5, "count": 1},
    {"key": "sources", "value": 5},
    {"key": "unrated", "value": 0, "count": 0},
)

_FIRST = {
    "quote": "a crowd that had waited in the rain since six waved back",
    "suffix": ". What was said",
    "question": "Were you there?",
}

COMMENTS: tuple[Mapping[str, object], ...] = (
    _comment(
        1,
        author={"name": "Lucia Fontaine", "url": "https://lucia.example/"},
        edited={"at": {"at": "2026-08-01T00:00:00Z", "precision": "month"}, "by": "Night desk"},
        votes={"up": 3, "down": 1},
    ),
    _comment(2, parent="wp-1", author={"name": None}, votes={"score": 12}, anchor={**_FIRST, "question": None}),
    _comment(3, parent="wp-2", anchor=_FIRST, edited={"at": None, "by": "Ilse", "note": "a typing error"}),
    _comment(
        4,
        author={"name": "Reader 4", "kind": "editor"},
        parent="wp-1",
        edited={"at": {"at": "2026-10-03T12:30:00Z", "precision": "minute"}},
    ),
    _comment(5, body="", author={"name": None}, status="deleted"),
    _comment(
        6,
        parent="wp-5",
        anchor={"quote": "This was never said."},
        body={"format": "text", "text": "شكرا جزيلا", "lang": "ar"},
    ),
    _comment(7, parent="wp-gone", reply_to_name="Someone", published=None, closed=True),
    _comment(8, parent="wp-gone", pinned=True),
    _comment(
        9, body={"format": "html", "text": "<script>x()</script><b onclick=x()>{{ 7*7 }}</b>"}, reactions=REACTIONS
    ),
)

SNAPSHOT = json.dumps(
    {
        "schema": "sitegen.comments/1",
        "snapshot": {"origin_url": "https://old.example/office/", "captured_at": "2026-10-05T12:00:00Z"},
        "ratings": RATINGS,
        "comments": COMMENTS,
        "mentions": MENTIONS,
    }
)


def write_newspaper(folder: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """Write the newspaper into `folder`, with `files` beside it or instead of its own; return `folder`."""
    sections = ("world", "town", "money", "science", "arts")
    fillers = {
        f"content/{section}/{number}.md": write_article(
            f"Story {number} from the desk of {section}",
            f"2026-09-{10 + number}",
            _PARAGRAPH,
            **({"image": "{src: /quay.png, alt: A quay}"} if number % 2 else {}),
        )
        for section in sections
        for number in range(1, 5)
    }
    write_files(
        folder,
        {
            "sitegen.toml": CONFIG,
            "static/quay.png": _picture(),
            "content/pages/about.md": '---\ntitle: "About"\nupdated: 2026-10-01\n---\n\nWho we are.\n',
            "content/world/office.md": OFFICE,
            "content/world/office.comments.json": SNAPSHOT,
            "content/world/before.md": write_article(
                "The day before", "2026-10-01", aliases="/old/before.html", tags="Treaties"
            ),
            "content/world/after.md": write_article("The day after, & what came of it", "2026-10-03", rating="7/20"),
            "content/world/withdrawn.md": write_article(
                "Withdrawn",
                "2026-09-02",
                gone="{reason: A neighbour asked for it., date: 2026-10-20, show_title: true}",
            ),
            "content/world/closed.md": write_article("A closed matter", "2026-09-01", comments="closed", next="false"),
            "content/world/ar.md": write_article(
                "عودة الجسر", "2026-09-20", "نص قصير.", lang="ar", translation_key="b"
            ),
            "content/world/en.md": write_article("The bridge", "2026-09-20", lang="en", translation_key="b"),
            "content/lone.md": write_article("Without a section", "2026-08-01", prev="{title: Nowhere to be found}"),
            **fillers,
            **(files or {}),
        },
    )
    return folder


def _picture() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (1200, 800), (90, 120, 150)).save(stream, "PNG")
    return stream.getvalue()
