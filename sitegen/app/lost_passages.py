"""Inline feedback that has lost its passage: an article that no longer says what a comment quotes."""

from collections.abc import Iterable, Iterator
from html import escape

from sitegen.app.parsing import decode_text
from sitegen.app.site import Site
from sitegen.app.sources import Gathered
from sitegen.errors import ContentError, Problem, warning
from sitegen.model.article import Article, Body
from sitegen.model.codec import decode
from sitegen.model.moment import Moment
from sitegen.parse.comments import parse_snapshot
from sitegen.parse.html_tokens import scan_html
from sitegen.parse.json_source import find_json_places
from sitegen.parse.passages import find_passages, fold_tokens
from sitegen.render.bodies import fill_text
from sitegen.render.moments import format_instant
from sitegen.storage.files import read_bytes
from sitegen.storage.reader import Reader, open_reader
from sitegen.storage.state import STATE_FILE, STATE_FOLDER


def find_lost_passages(site: Site, gathered: Gathered, documents: Iterable[str]) -> Iterator[Problem]:
    """Yield a finding for every comment on `documents` whose passage is not in the text of its article."""
    reader = open_reader(site.root / STATE_FOLDER / STATE_FILE)
    for document in documents:
        article, snapshot = gathered.articles.get(document), gathered.sidecars.get(document)
        if article and snapshot:
            yield from _look_through(site, document, article, snapshot, reader)


def _look_through(site: Site, document: str, article: Article, path: str, reader: Reader) -> Iterator[Problem]:
    text = decode_text(read_bytes(site.root / path), path)
    try:
        comments = parse_snapshot(text, path).comments
    except ContentError:
        return  # told when the site was read
    quoting = {index: comment.passage for index, comment in enumerate(comments) if comment.passage}
    data = reader.load("body", article.body_digest) if quoting else None
    if data is None:
        return
    folded = fold_tokens(scan_html(_write_body(decode(data, Body), article, site)))
    places = find_json_places(text.removeprefix("\ufeff")).spans
    for index, found in zip(quoting, find_passages(folded, quoting.values()), strict=True):
        if found is None:
            message = f"{document} does not say what this comment quotes: it is shown without a link to the text"
            place = places.get(("comments", index, "anchor", "quote"))
            yield warning(
                "comments", message, path, place, "quote what stands there now, or write `null` as its `anchor`"
            )


def _write_body(body: Body, article: Article, site: Site) -> str:
    def tell(moment: Moment) -> str:
        return escape(format_instant(moment, article.metadata.language, site.config.timezone))

    return fill_text(body, tell)
