"""Values that tests of planning and rendering start from: plain ones, which differ only where they are told to."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TypeVar

from sitegen.errors import Severity, Span
from sitegen.model.article import Article, ImageSlot, LinkSlot, Metadata, NeighbourChoice, Rating, SectionIndex
from sitegen.model.card import Card, Link, Named
from sitegen.model.config import Config
from sitegen.model.facts import AssetFacts, SiteSources, SnapshotFacts, ThreadPage
from sitegen.model.moment import Moment
from sitegen.model.names import ArticleId, Digest, Slug, Url
from sitegen.model.preview import Preview
from sitegen.model.values import replace
from sitegen.model.views import ArticleView, PlannedArticle
from sitegen.plan.article_head import show_article
from sitegen.plan.site import SitePlan

AnyView = TypeVar("AnyView")
CLOCK = datetime(2026, 11, 1, 12, tzinfo=UTC)


def moment(day: str) -> Moment:
    """An instant known to the day: `2026-10-03`."""
    return Moment(at=datetime.fromisoformat(day).replace(tzinfo=UTC), precision="day")


def metadata(slug: str, day: str | None = "2026-10-01", **changes: object) -> Metadata:
    """The metadata of an article in the section `world`."""
    plain = Metadata(
        title=slug.replace("-", " ").capitalize(),
        date=moment(day) if day else None,
        slug=Slug(slug),
        section=Slug("world"),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def article(
    path: str,
    meta: Metadata,
    *,
    links: tuple[LinkSlot, ...] = (),
    images: tuple[ImageSlot, ...] = (),
    spans: Mapping[str, Span] | None = None,
    bundle: bool = False,
) -> Article:
    """An article at `path` below `content/`."""
    return Article(
        id=ArticleId(path),
        kind="page" if path.startswith("pages/") else "article",
        bundle=bundle,
        metadata=meta,
        excerpt="The first paragraph.",
        links=links,
        images=images,
        spans=spans or {},
        warnings=(),
        body_digest=Digest(f"body of {path}"),
        words=440,
    )


def plain(slug: str, day: str | None = "2026-10-01", **changes: object) -> Article:
    """An article `world/SLUG.md`."""
    return article(f"world/{slug}.md", metadata(slug, day, **changes))


def card(slug: str, day: str, *, weight: int = 0, section: str | None = "world", tags: tuple[str, ...] = ()) -> Card:
    """A card in English."""
    return Card(
        id=ArticleId(f"{slug}.md"),
        language="en",
        status="published",
        link=Link(url=Url(f"/{slug}/"), title=slug, date=moment(day)),
        description="",
        section=Named(title=section.capitalize(), url=Url(f"/{section}/")) if section else None,
        tags=tuple(Named(title=tag, url=Url(f"/tags/{tag.lower()}/")) for tag in tags),
        authors=(),
        comment_count=0,
        rating=None,
        label=None,
        is_live=False,
        weight=weight,
        updated=None,
    )


def sources(
    *articles: Article,
    config: Config | None = None,
    assets: tuple[str, ...] = (),
    snapshots: Mapping[ArticleId, SnapshotFacts] | None = None,
    preview: Preview | None = None,
    clock: datetime = CLOCK,
    unavailable: tuple[str, ...] = (),
    templates: tuple[str, ...] = ("article.html", "page.html"),
    sections: Mapping[Slug, SectionIndex] | None = None,
) -> SiteSources:
    """A site of `articles` with files at the paths `assets`."""
    return SiteSources(
        config=config or Config(base_url="https://news.example/"),
        articles=tuple(sorted(articles, key=lambda item: item.id)),
        unavailable=frozenset(ArticleId(path) for path in unavailable),
        snapshots=snapshots or {},
        assets={path: AssetFacts(path=path, digest=Digest(f"bytes of {path}")) for path in assets},
        sections=sections or {},
        options={},
        lists={},
        theme_static={},
        templates=frozenset(templates),
        clock=clock,
        preview=preview or Preview(),
    )


def chosen(reference: str | None = None, title: str | None = None) -> NeighbourChoice:
    """What `prev` or `next` says."""
    return NeighbourChoice(reference=reference, title=title)


def told(plan: SitePlan) -> list[tuple[str, str | None, str]]:
    """Code, file and message of every problem of a plan; a warning's code has a `?` behind it."""
    return [
        (item.code + ("?" if item.severity is Severity.WARNING else ""), item.file, item.message)
        for item in plan.problems
    ]


def view_at(plan: SitePlan, path: str, kind: type[AnyView]) -> AnyView:
    """What the template of the page that is written to `path` sees, which has to be a `kind`."""
    spec = next(spec for spec in plan.specs if spec.path == path)
    view = spec.view
    if isinstance(view, PlannedArticle):
        view = show_article(view, plan.sites[spec.language])
    assert isinstance(view, kind)
    return view


def article_view(plan: SitePlan, slug: str) -> ArticleView:
    """The view of the article `world/SLUG.md` of October 2026."""
    return view_at(plan, f"world/2026/10/{slug}/index.html", ArticleView)


def snapshot(count: int = 2, *, updated: str | None = "2026-10-05", rating: Rating | None = None) -> SnapshotFacts:
    """What is known of a snapshot with `count` comments that can be read."""
    thread = Digest(f"thread of {count}")
    return SnapshotFacts(
        thread=thread,
        pages=(ThreadPage(thread=thread, quotes=False),),
        count=count,
        closed=True,
        rating=rating,
        updated=moment(updated).at if updated else None,
        warnings=(),
    )
