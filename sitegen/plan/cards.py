"""From a document to what other pages show of it."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from sitegen.model.article import Article, Rating, SectionIndex
from sitegen.model.card import Card, Link, Named, Picture, Status
from sitegen.model.config import Config
from sitegen.model.facts import SnapshotFacts
from sitegen.model.names import Slug, Url
from sitegen.plan.schedule import find_label
from sitegen.plan.slugs import slugify
from sitegen.plan.urls import authors_url, section_url, tags_url


def build_card(
    article: Article,
    status: Status,
    url: Url,
    picture: Picture | None,
    snapshot: SnapshotFacts | None,
    section_title: str | None,
    config: Config,
    clock: datetime,
) -> Card:
    """Return the card of a document at `url`, as it is at `clock`; `section_title` names its section, if it has one."""
    metadata = article.metadata
    language = metadata.language
    section = None
    if metadata.section and section_title:
        section = _name(section_title, section_url(metadata.section, language, config))
    return Card(
        id=article.id,
        language=language,
        status=status,
        link=Link(url=url, title=metadata.title, date=metadata.date, image=picture),
        description=metadata.description or article.excerpt,
        section=section,
        tags=_name_all(metadata.tags, tags_url(language, config)),
        authors=_name_all(metadata.authors, authors_url(language, config)),
        comment_count=snapshot.count if snapshot and metadata.comments != "off" else 0,
        rating=find_rating(article, snapshot),
        label=find_label(metadata, clock),
        is_live=article.live is not None and article.live.is_open,
        weight=metadata.weight,
        updated=metadata.updated,
    )


# Few names stand on many cards: each is made once.
@lru_cache(maxsize=4096)
def _name(title: str, url: Url) -> Named:
    return Named(title=title, url=url)


@lru_cache(maxsize=4096)
def _name_all(titles: tuple[str, ...], folder: Url) -> tuple[Named, ...]:
    """Return names with their pages, which lie in `folder`."""
    return tuple([_name_in(title, folder) for title in titles])


@lru_cache(maxsize=4096)
def _name_in(title: str, folder: Url) -> Named:
    return _name(title, Url(f"{folder}{slugify(title)}/"))


def find_rating(article: Article, snapshot: SnapshotFacts | None) -> Rating | None:
    """Return the rating that is shown: front matter's, else the snapshot's; None where nobody voted."""
    rating = article.metadata.rating or (snapshot.rating if snapshot else None)
    if rating is None or (rating.votes == 0 and rating.value == 0):
        return None
    return rating


def find_section_title(article: Article, sections: Mapping[Slug, SectionIndex]) -> str | None:
    """Return the name of an article's section: what `_index.md` says, else front matter, else the folder's name."""
    slug = article.metadata.section
    if not slug:
        return None
    index = sections.get(slug)
    return index.title if index else article.metadata.section_title or name_section(slug)


@lru_cache(maxsize=4096)
def name_section(slug: Slug) -> str:
    """Return a readable name for a section that does not say its own: `local-news` is `Local news`."""
    words = slug.replace("-", " ")
    return words[:1].upper() + words[1:]
