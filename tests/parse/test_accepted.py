"""Every accepted way of writing a field beside what it means."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from sitegen.model.article import Correction, Label, LeadImage, Metadata, NeighbourChoice, Rating, Source
from sitegen.model.moment import Moment
from sitegen.model.names import Slug
from sitegen.parse.fields import FieldContext, parse_fields
from sitegen.parse.front_matter import split_document

PATH = "content/world/bridge.md"
CONTEXT = FieldContext(
    path=PATH,
    kind="article",
    section=Slug("world"),
    stem="bridge",
    zone=ZoneInfo("UTC"),
    language="en",
    best=5,
    aliases={},
)
DAY = Moment(at=datetime(2023, 7, 9, tzinfo=UTC), precision="day")


def read(written: str) -> Metadata:
    """Return what an article with the YAML lines `written` says; it has no problem."""
    raw = split_document(f"---\ntitle: T\ndate: 2023-07-09\n{written}\n---\nBody\n", PATH)
    metadata, _, warnings = parse_fields(raw, CONTEXT)
    assert (*raw.warnings, *warnings) == ()
    return metadata


FORMS: list[tuple[str, str, object]] = [
    ("rating: 4", "rating", Rating(value=4)),
    ('rating: "4"', "rating", Rating(value=4)),
    ("rating: 4.5", "rating", Rating(value=4.5)),
    ("rating: 4/5", "rating", Rating(value=4, best=5)),
    ("rating: 7 / 10 (1 vote)", "rating", Rating(value=7, votes=1, best=10)),
    ("rating: 4 (2 votes)", "rating", Rating(value=4, votes=2)),
    ("rating: 4\nvotes: 2", "rating", Rating(value=4, votes=2)),
    ("rating: 4 (2 votes)\nvotes: 2", "rating", Rating(value=4, votes=2)),
    (
        "rating:\n  value: 4\n  votes: 2\n  best: 5\n  worst: 1\n  label: Article Rating",
        "rating",
        Rating(value=4, votes=2, label="Article Rating"),
    ),
    ("rating: {Value: 0, worst: 0, votes: 3}", "rating", Rating(value=0, votes=3, worst=0)),
    ("rating: 0\nvotes: 0", "rating", None),
    ("rating: 0 (0 votes)", "rating", None),
    ("rating: {value: 0, votes: 0}", "rating", None),
    ("rating: {value: , votes: 0}", "rating", None),
    ("rating:", "rating", None),
    ("rating: ''", "rating", None),
    (
        "source: RT.com / ABC Flash Point News 2023",
        "source",
        Source(text="RT.com / ABC Flash Point News 2023"),
    ),
    ("source: 1984", "source", Source(text="1984")),
    ("source: [RT.com, ABC Flash Point News 2023]", "source", Source(text="RT.com / ABC Flash Point News 2023")),
    (
        "source:\n  name: ABC\n  url: https://abc.example/x\n  year: 2023\n  licence: CC BY 4.0\n  policy: canonical",
        "source",
        Source(text="ABC 2023", url="https://abc.example/x", licence="CC BY 4.0", policy="canonical"),
    ),
    ("source: {name: ABC 2023, year: 2023}", "source", Source(text="ABC 2023")),
    ("source: {name: ABC, license: MIT}", "source", Source(text="ABC", licence="MIT")),
    (
        "source:\n  - RT.com\n  - name: ABC\n    year: 2023\n    url: https://abc.example/\n    policy: noindex",
        "source",
        Source(text="RT.com / ABC 2023", url="https://abc.example/", policy="noindex"),
    ),
    ("source: []", "source", None),
    ("source: ''", "source", None),
    ("tags: NATO, Japan", "tags", ("NATO", "Japan")),
    ("tags: [NATO, Japan]", "tags", ("NATO", "Japan")),
    ("tags:\n  - NATO\n  - Japan", "tags", ("NATO", "Japan")),
    ("tags: [NATO, nato, '  ', 2023, no,]", "tags", ("NATO", "2023", "no")),
    ("tags: ['Paris, Texas']", "tags", ("Paris, Texas",)),
    ("tags:", "tags", ()),
    ("keywords: a, b", "tags", ("a", "b")),
    ("authors: Ana Ruiz, Tom Baker", "authors", ("Ana Ruiz", "Tom Baker")),
    ("author: Ana Ruiz", "authors", ("Ana Ruiz",)),
    ("author: {name: Ana Ruiz, email: ana@news.example}", "authors", ("Ana Ruiz",)),
    ("authors: [{name: Ana Ruiz}, Tom Baker]", "authors", ("Ana Ruiz", "Tom Baker")),
    ("section: World News", "section", "world-news"),
    ("section: World News", "section_title", "World News"),
    ("section:", "section", "world"),
    ("section:", "section_title", None),
    ("category: Sport", "section", "sport"),
    ("categories: [Sport, Rowing, Dutch]\ntags: [Oar]", "section", "sport"),
    ("categories: [Sport, Rowing, Dutch]\ntags: [Oar]", "tags", ("Oar", "Rowing", "Dutch")),
    ("section: SPORT\ncategories: sport, rowing", "tags", ("rowing",)),
    ("description: a\n  b", "description", "a b"),
    ("summary: >\n  a\n  b", "description", "a b"),
    ("image: bridge.jpg", "image", LeadImage(src="bridge.jpg")),
    (
        "image: {path: /uploads/x.jpg, alt: A, caption: C, credit: D}",
        "image",
        LeadImage(src="/uploads/x.jpg", alt="A", caption="C", credit="D"),
    ),
    ("cover: {url: 'https://news.example/x.jpg'}", "image", LeadImage(src="https://news.example/x.jpg")),
    ("image: {file: x.jpg, alt: 1984}", "image", LeadImage(src="x.jpg", alt="1984")),
    ("image: false", "image", None),
    ("image: ''", "image", None),
    ("label: Breaking", "label", Label(text="Breaking")),
    ("label: {text: Live}", "label", Label(text="Live")),
    ("label:", "label", None),
    ("prev: world/other.md", "prev", NeighbourChoice(reference="world/other.md")),
    ("prev: 1984", "prev", NeighbourChoice(reference="1984")),
    ("prev: 'false'", "prev", NeighbourChoice(reference="false")),
    ("prev: false", "prev", NeighbourChoice(suppressed=True)),
    ("prev: no", "prev", NeighbourChoice(suppressed=True)),
    ("prev: {title: A headline}", "prev", NeighbourChoice(title="A headline")),
    ("prev: {title: 'A, B & C'}", "prev", NeighbourChoice(title="A, B & C")),
    (
        "next:\n  title: Elsewhere\n  url: https://news.example/x",
        "next",
        NeighbourChoice(reference="https://news.example/x", title="Elsewhere"),
    ),
    ("next: {url: /world/x/}", "next", NeighbourChoice(reference="/world/x/")),
    ("next:", "next", None),
    ("next: {}", "next", None),
    ("comments: true", "comments", "auto"),
    ("comments: off", "comments", "off"),
    ("comments: false", "comments", "off"),
    ("comments: closed", "comments", "closed"),
    ("comments: archive/x.json", "comments", "auto"),
    ("comments: archive/x.json", "comments_path", "archive/x.json"),
    ("draft: true", "draft", True),
    ("draft: 'true'", "draft", True),
    ("draft: on", "draft", True),
    ("draft: no", "draft", False),
    ("slug: Été à Paris", "slug", "été-à-paris"),
    ("url: /bridge/", "url", "/bridge/"),
    ("permalink: /caf%C3%A9.html", "url", "/café.html"),
    ("aliases: [/old/, /2014/05/x.html, /old/]", "aliases", ("/old/", "/2014/05/x.html")),
    ("redirect_from: /old/", "aliases", ("/old/",)),
    ("lang: nl", "language", "nl"),
    ("lang: ZH-hant-tw", "language", "zh-Hant-TW"),
    ("lang: EN", "language", "en"),
    ("translationKey: bridge", "translation_key", "bridge"),
    ("weight: 10", "weight", 10),
    ("weight: -3", "weight", -3),
    ("template: special.html", "template", "special.html"),
    ("updated: 2023-07-09", "updated", DAY),
    ("lastmod: 2023-07-09", "updated", DAY),
    ("Modified: 2023-07-09", "updated", DAY),
    ("expiryDate: 2023-07-09", "expires", DAY),
    (
        "corrections:\n  - date: 2023-07-09\n    text: Older\n  - {date: 2023-07-10, text: Newer}",
        "corrections",
        (
            Correction(date=Moment(at=datetime(2023, 7, 10, tzinfo=UTC), precision="day"), text="Newer"),
            Correction(date=DAY, text="Older"),
        ),
    ),
    ("corrections: {date: 2023-07-09, text: One}", "corrections", (Correction(date=DAY, text="One"),)),
    ("extra: {a: no, b: 12, c: [x, true]}", "extra", {"a": "no", "b": 12, "c": ("x", True)}),
]


@pytest.mark.parametrize(("written", "field", "value"), FORMS, ids=[f"{form[0]} -> {form[1]}" for form in FORMS])
def test_accepted_forms(written: str, field: str, value: object) -> None:
    assert getattr(read(written), field) == value
