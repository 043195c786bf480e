"""Names that no address can tell apart: `C` and `C++` would share one page."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from sitegen.errors import error
from sitegen.model.article import Article
from sitegen.model.config import Config
from sitegen.model.names import Slug, Url
from sitegen.plan.findings import Findings
from sitegen.plan.slugs import distinguish, slugify
from sitegen.plan.urls import author_url, section_url, series_url, tag_url

_Field = Literal["section", "tags", "authors", "series"]

_ADDRESS: dict[_Field, Callable[[Slug, str, Config], Url]] = {
    "section": section_url,
    "tags": tag_url,
    "authors": author_url,
    "series": series_url,
}


def check_spellings(articles: Iterable[Article], config: Config, findings: Findings) -> None:
    """Report every name whose address belongs to another name in an older article.

    Names that differ in case, spaces or punctuation are one; those that differ in a sign are two. The clock has no say
    in which articles count, so that no name becomes a mistake on the day of publication.
    """
    everything = tuple(articles)
    if _are_sound(everything, config):
        return  # then it does not matter which of them is older
    first: dict[tuple[_Field, Url], tuple[str, str]] = {}
    sound: set[tuple[_Field, str, str]] = set()
    for article in sorted(everything, key=_age):
        for field, name in ((field, name) for field, names in _list_names(article) for name in names):
            spelled = (field, name, article.metadata.language)
            if spelled in sound:
                continue
            slug = slugify(name)
            if not slug:
                _report_nameless(field, name, article, findings)
                continue
            url = _ADDRESS[field](slug, article.metadata.language, config)
            known, place = first.setdefault((field, url), (name, f"content/{article.id}"))
            if known != name and distinguish(known) != distinguish(name):
                findings.add(
                    error(
                        field,
                        f"`{name}` wants the address of `{known}` in {place}: `{url}`",
                        f"content/{article.id}",
                        article.spans.get(field),
                        "write one of them in words",
                    )
                )
            else:
                sound.add(spelled)


def _age(article: Article) -> tuple[float, str]:
    date = article.metadata.date
    return date.at.timestamp() if date else 0.0, article.id


def _are_sound(articles: Iterable[Article], config: Config) -> bool:
    """Whether every name has an address, and all names that share one are spellings of each other."""
    names: defaultdict[tuple[_Field, str], set[str]] = defaultdict(set)
    for article in articles:
        for field, own in _list_names(article):
            names[field, article.metadata.language].update(own)
    signs: defaultdict[tuple[_Field, Url], set[str]] = defaultdict(set)
    for (field, language), members in names.items():
        for name in members:
            slug = slugify(name)
            if not slug:
                return False
            signs[field, _ADDRESS[field](slug, language, config)].add(distinguish(name))
    return all(len(spelled) == 1 for spelled in signs.values())


def _list_names(article: Article) -> Iterator[tuple[_Field, tuple[str, ...]]]:
    metadata = article.metadata
    if article.kind == "article" and metadata.section is not None:
        yield "section", (metadata.section_title or article.id.split("/", 1)[0],)
    if metadata.tags:
        yield "tags", metadata.tags
    if metadata.authors:
        yield "authors", metadata.authors
    if metadata.series:
        yield "series", (metadata.series.name,)


def _report_nameless(field: _Field, name: str, article: Article, findings: Findings) -> None:
    what = "the folder" if field == "section" and not article.metadata.section_title else "the name"
    findings.add(
        error(
            field,
            f"{what} `{name}` has no letter or digit for an address",
            f"content/{article.id}",
            article.spans.get(field),
            "name it in words",
        )
    )
