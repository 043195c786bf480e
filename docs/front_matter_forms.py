"""Every way of writing front matter that is documented; `tests/test_docs.py` gives each of them to the parser."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Outcome = Literal["read", "warning", "error"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One way of writing something, and what becomes of it."""

    written: str
    """YAML lines."""
    gives: str
    """What they mean, in words."""
    outcome: Outcome = "read"
    """Whether sitegen has something to say to them."""


def _read(written: str, gives: str) -> Form:
    return Form(written=written, gives=gives)


FORMS: Mapping[str, tuple[Form, ...]] = {
    "title": (
        _read("title: Bridge reopens", "required"),
        _read("title: 1984", "text all the same"),
        _read('title: "Macron: no"', "quotes keep the colon"),
        Form(written="title: Macron: no", gives="YAML cannot read the colon: quote the value", outcome="error"),
        Form(written="title: War #2 begins", gives="YAML cuts at ` #`: quote the value", outcome="warning"),
    ),
    "date": (
        _read("date: 2023-07-09", "00:00 on that day, in the zone of the site"),
        _read("date: 2023-7-9", "the same"),
        _read("date: 2023-07-09 17:22", "in the zone of the site"),
        _read("date: 2023-07-09T17:22:05Z", "in UTC"),
        _read("date: 2023-07-09 17:22:05 +02:00", "with the offset that is written"),
        _read("date: 2023-07-09 17:22:05 -0400", "the same, without the colon"),
        Form(written="date: 09-07-23", gives="July or September? The hint shows both in ISO form", outcome="error"),
        Form(written="date: July 9, 2023", gives="the hint shows the ISO form", outcome="error"),
    ),
    "updated": (_read("updated: 2023-07-10", "as `date`"),),
    "expires": (_read("expires: 2030-01-01", "as `date`; from then on the article is not published"),),
    "embargo": (
        _read(
            "embargo: 2030-01-01 06:00",
            "as `date`; until then the article waits, and a build that would show anything of it fails",
        ),
    ),
    "description": (_read("description: The first lorries have crossed.", "instead of the first paragraph"),),
    "section": (_read("section: World", "instead of the folder"),),
    "tags": (
        _read("tags: [NATO, Japan]", "two tags"),
        _read("tags: NATO, Japan", "the same two"),
        _read("tags:\n  - NATO\n  - Japan", "the same two"),
    ),
    "authors": (
        _read("authors: Ana Ruiz, Tom Baker", "two authors"),
        _read("authors: [Ana Ruiz, Tom Baker]", "the same two"),
    ),
    "source": (
        _read("source: RT.com / ABC Flash Point News 2023", "the credit line, never split"),
        _read("source: [RT.com, ABC Flash Point News 2023]", 'joined with " / "'),
        _read(
            "source:\n  name: Harbour Post\n  url: https://post.example/bridge\n  year: 2023\n"
            "  licence: CC BY 4.0\n  policy: canonical",
            "with address, licence and what search engines are told; see below",
        ),
    ),
    "rating": (
        _read("rating: 4", "votes unknown, and not shown"),
        _read('rating: "4"', "the same"),
        _read("rating: 4/5", "the same, on a scale to 5"),
        _read("rating: 4 (2 votes)", "4 from 2 votes"),
        _read("rating: 4\nvotes: 2", "4 from 2 votes"),
        _read(
            "rating:\n  value: 4\n  votes: 2\n  best: 5\n  worst: 1\n  label: Article Rating",
            "the same, with scale and label",
        ),
        _read("rating:\n  value: 0\n  votes: 0", "unrated: nothing is shown"),
        Form(written="rating: 9", gives="must lie on the scale", outcome="error"),
    ),
    "image": (
        _read("image: bridge.jpg", "a file beside the article"),
        _read("image: /uploads/bridge.jpg", "a file in `static/`"),
        _read(
            "image:\n  src: bridge.jpg\n  alt: A lorry on the bridge\n  caption: The first lorry\n  credit: Ana Ruiz",
            "with text alternative, caption and credit",
        ),
    ),
    "label": (
        _read("label: Breaking", "a mark above the headline"),
        _read("label:\n  text: Breaking\n  until: 2023-07-10 12:00", "the same, until then"),
    ),
    "corrections": (
        _read(
            "corrections:\n  - date: 2023-07-10\n    text: The bridge is 80 metres long, not 90.",
            "shown below the article, newest first",
        ),
    ),
    "series": (
        _read("series: The harbour at night", "one part of several, in order of date"),
        _read("series:\n  name: The harbour at night\n  part: 2", "the second part"),
        Form(written="series:\n  name: The harbour at night\n  part: 0", gives="parts count from 1", outcome="error"),
    ),
    "live": (
        _read("live: true", "a live story: every heading that starts with a time begins an update, the newest on top"),
        _read("live: closed", "the same, and said to be over"),
        _read("live: false", "an article like any other"),
    ),
    "updates": (
        _read(
            "updates:\n  - at: 2023-07-09 14:05\n    title: The bridge is open\n    text: The *first* lorry.",
            "updates of a live story beside those in the body; the text is Markdown",
        ),
    ),
    "prev": (
        _read("prev: world/2023-07-08-other.md", "a content path"),
        _read("prev: /world/2023/07/other/", "an address on this site; a slug or an exact title does as well"),
        _read("prev:\n  title: Elsewhere\n  url: https://news.example/elsewhere", "a neighbour on another site"),
        _read(
            "prev:\n  title: A headline alone", "linked if exactly one article has it; else plain text, with a warning"
        ),
        _read("prev: false", "none is shown"),
        _read("prev:", "computed by date, as without the key"),
    ),
    "next": (_read("next: false", "as `prev`"),),
    "comments": (
        _read("comments: true", "as without the key: the snapshot beside the article is shown"),
        _read("comments: false", "never shown"),
        _read("comments: closed", "shown, and said to be closed"),
        _read("comments: bridge-archive.json", "this snapshot, relative to the article"),
        Form(
            written="comments:\n  - author: Ana\n    text: Well said",
            gives="comments are not written in front matter but kept in a snapshot beside the article",
            outcome="error",
        ),
    ),
    "draft": (_read("draft: true", "not published, unless `--drafts` is given"),),
    "gone": (
        _read("gone: Withdrawn at the request of its author.", "the reason, which readers are told"),
        _read("gone: true", "without a reason"),
        _read("gone: false", "not taken down, as without the key"),
        _read(
            "gone:\n  reason: A court has forbidden it.\n  date: 2024-05-02\n  show_title: true",
            "with the day, and with the headline still there",
        ),
    ),
    "slug": (_read("slug: bridge", "the last part of the address, instead of the file's name"),),
    "url": (_read("url: /bridge/", "the whole address"),),
    "aliases": (
        _read("aliases: [/old/bridge/, /2023/bridge.html]", "old addresses that lead here"),
        _read(
            "aliases: /?p=123", "with its query: a rule for servers that read rules, see [permalinks](permalinks.md)"
        ),
    ),
    "lang": (_read("lang: nl", "the language of the document"),),
    "translation_key": (_read("translation_key: bridge", "documents with one key are translations of each other"),),
    "weight": (_read("weight: 10", "heavier stands higher; the heaviest of the newest 30 leads the home page"),),
    "template": (_read("template: special.html", "another template of the theme"),),
    "extra": (_read("extra:\n  map: harbour", "your own keys: `page.extra.map` in a template"),),
}
"""Documented ways of writing, by key; every key of the front matter is here (`votes` under `rating`)."""

ATTRIBUTES: Mapping[str, str] = {"lang": "language"}
"""Key to attribute of `Metadata`, where the names differ."""

MEANINGS: Mapping[str, str] = {
    "date": "When it was, or will be, published. An article needs it here or before its file's name; here wins.",
    "section": "The section, instead of the first folder below `content/`.",
    "prev": "The older neighbour, instead of the one that the dates give.",
    "next": "The newer neighbour, instead of the one that the dates give.",
    "tags": (
        "What it is about. Spellings that differ in case, spaces or punctuation are one tag. Names that only a sign "
        "tells apart, such as `C` and `C++`, want the same address, which is an error."
    ),
    "authors": "The bylines.",
    "comments": "Whether readers' comments are shown.",
    "source": "The credit of the original publisher, verbatim.",
    "rating": "What readers thought of it.",
    "aliases": "Old addresses on this site that lead here.",
    "lang": "The language of the document (BCP 47), instead of the site's.",
}
"""Words for keys whose attribute speaks of the parsed value rather than of what is written."""

_OUTCOMES: Mapping[Outcome, str] = {"read": "", "warning": "**warning**: ", "error": "**error**: "}


def describe_outcome(form: Form) -> str:
    """Return what the form gives, with the severity before it."""
    return _OUTCOMES[form.outcome] + form.gives


FOREIGN_KEYS: tuple[tuple[str, str], ...] = (
    ("`lastmod`, `modified`", "`updated`"),
    ("`publishDate`, `pubdate`", "`date`"),
    ("`summary`, `excerpt`", "`description`"),
    ("`cover`, `featured_image`", "`image`"),
    ("`author`, `byline`", "`authors`"),
    ("`category`, `categories`", "`section` (the first), `tags` (the others)"),
    ("`keywords`", "`tags`"),
    ("`permalink`", "`url`"),
    ("`redirect_from`", "`aliases`"),
    ("`expiryDate`", "`expires`"),
)
"""Other generators' names, and what they are read as."""

MAPPINGS: Mapping[str, str] = {
    "rating": "Rating",
    "source": "Source",
    "image": "LeadImage",
    "correction": "Correction",
    "gone": "Takedown",
}
"""What can be a mapping, and the type that documents its keys."""

MAPPING_KEYS: Mapping[tuple[str, str], str] = {("source", "text"): "name"}
"""Mapping and attribute to the key that is written, where the names differ."""

EXTRA_MAPPING_KEYS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "source": (("`year`", "whole number", "Shown behind the name."),),
}
"""Keys that become part of another attribute."""
