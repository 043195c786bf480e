"""How much processor time and memory planning takes as a site grows: `python -m benchmarks.planning [ARTICLES …]`.

Articles are made up: five sections, forty tags, links to each other, comments on every second one. Only `plan_site`
and `find_stale` are measured; nothing is read, rendered or written. Time should grow with the number of articles, not
with its square: the ratio of the last two rows is printed.
"""

import resource
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sitegen.model.article import Article, LinkSlot, Metadata, NeighbourChoice, Source
from sitegen.model.config import Config
from sitegen.model.facts import SiteSources, SnapshotFacts
from sitegen.model.moment import Moment
from sitegen.model.names import ArticleId, Digest, Slug
from sitegen.plan.site import SitePlan, plan_site
from sitegen.plan.staleness import KeyDigests, find_stale

_START = datetime(2010, 1, 1, tzinfo=UTC)
_SECTIONS = ("world", "local", "economy", "science", "culture")
_SIZES = (2_500, 10_000)


def make_sources(count: int) -> SiteSources:
    """Return a made-up site of `count` articles, three hours apart."""
    articles = tuple(_make_article(number) for number in range(count))
    return SiteSources(
        config=Config(base_url="https://news.example/"),
        articles=tuple(sorted(articles, key=lambda article: article.id)),
        unavailable=frozenset(),
        snapshots={article.id: _make_snapshot(number) for number, article in enumerate(articles) if number % 2},
        assets={},
        sections={},
        options={},
        lists={},
        theme_static={},
        templates=frozenset(),
        clock=_START + timedelta(hours=3 * count),
    )


def _make_article(number: int) -> Article:
    section = _SECTIONS[number % len(_SECTIONS)]
    older = max(0, number - 7)
    return Article(
        id=_identity(number),
        kind="article",
        bundle=False,
        metadata=Metadata(
            title=f"Something happened for the {number}th time",
            date=Moment(at=_START + timedelta(hours=3 * number)),
            section=Slug(section),
            slug=Slug(f"something-happened-{number}"),
            tags=tuple(f"Tag {(number * step) % 40}" for step in (1, 3, 7)),
            authors=(f"Author {number % 23}",),
            source=Source(text="The Harbour Post"),
            prev=NeighbourChoice(reference=f"something-happened-{older}") if number % 11 == 10 else None,
        ),
        excerpt="The first paragraph says what happened, to whom, and when. " * 3,
        links=(LinkSlot(target=f"/{_identity(older)}"), LinkSlot(target=f"/{section}/")),
        images=(),
        spans={},
        warnings=(),
        body_digest=Digest(f"{number:032x}"),
        words=525,
    )


def _identity(number: int) -> ArticleId:
    return ArticleId(f"{_SECTIONS[number % len(_SECTIONS)]}/something-happened-{number}.md")


def _make_snapshot(number: int) -> SnapshotFacts:
    thread = Digest(f"{number:031x}c")
    return SnapshotFacts(thread=thread, count=8, closed=True, rating=None, updated=_START, warnings=())


def judge(plan: SitePlan) -> int:
    """Return how many pages are stale after nothing has changed: none."""
    digest = Digest("0" * 32)
    digests = KeyDigests(
        templates=dict.fromkeys((spec.template for spec in plan.specs), digest),
        assets=digest,
        words=dict.fromkeys(plan.sites, digest),
        sites=dict.fromkeys(plan.sites, digest),
        engine=digest,
    )
    keys = {verdict.spec.path: verdict.key for verdict in find_stale(plan.specs, {}, (), digests)}
    return sum(bool(verdict.reasons) for verdict in find_stale(plan.specs, keys, (), digests))


def measure(count: int) -> float:
    """Plan a site of `count` articles, print a row, and return the seconds that planning and judging took."""
    sources = make_sources(count)
    before = time.process_time()
    plan = plan_site(sources)
    planned = time.process_time()
    stale = judge(plan)
    judged = time.process_time()
    if plan.problems or stale:
        raise ValueError(f"{len(plan.problems)} problems, {stale} stale pages")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{count:>8} articles  {len(plan.specs):>7} files  plan {planned - before:6.2f} s  "
        f"keys {(judged - planned) / 2:6.2f} s  peak {peak:6.0f} MB"
    )
    return judged - before


def main(arguments: Sequence[str]) -> None:
    """Measure every size that is asked for."""
    sizes = [int(argument) for argument in arguments] or _SIZES
    times = [measure(size) for size in sizes]
    if len(sizes) > 1:
        print(f"{sizes[-1] / sizes[-2]:.1f} times the articles took {times[-1] / times[-2]:.1f} times as long")


if __name__ == "__main__":
    main(sys.argv[1:])
