"""One page: from its specification to bytes."""

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import Protocol

from markupsafe import Markup, escape

from sitegen.errors import ContentError
from sitegen.model.article import Body
from sitegen.model.comment_views import CommentPageEntries, CommentPageView, CommentsView
from sitegen.model.comments import CommentThread, Passage, PlacedComment
from sitegen.model.machine_views import AllCommentsView, CommentFeedView, FeedView
from sitegen.model.moment import Moment
from sitegen.model.names import Digest, Html, Url
from sitegen.model.page import AnyView, PageSpec, Rendered
from sitegen.model.theme import Theme
from sitegen.model.values import replace
from sitegen.model.views import ArticleView, BodyPiece, BodyRef, Content, PageView, PlannedArticle, SiteView
from sitegen.plan.article_head import show_article
from sitegen.plan.structured_data import describe_page
from sitegen.plan.urls import absolute_url, comment_page_url
from sitegen.render.addresses import relative_href
from sitegen.render.bodies import fill_body, fill_feed_body
from sitegen.render.characters import encode_legal
from sitegen.render.context import Late
from sitegen.render.environment import PageEnvironment
from sitegen.render.json_feed import describe_feed
from sitegen.render.json_text import write_json
from sitegen.render.moments import format_instant, format_iso
from sitegen.render.passages import link_passages
from sitegen.render.structured_data import write_discussed, write_things
from sitegen.render.template_failures import describe_failure


class Library(Protocol):
    """Where bodies and threads are kept."""

    def load_body(self, digest: Digest) -> Body:
        """Return a body by its digest."""

    def load_thread(self, digest: Digest) -> CommentThread:
        """Return a thread by its digest."""


def render_page(
    spec: PageSpec, environment: PageEnvironment, theme: Theme, sites: Mapping[str, SiteView], library: Library
) -> Rendered:
    """Return the bytes of a page. Raises ContentError naming template, line and page where a template fails."""
    site = sites[spec.language]
    view = show_article(spec.view, site) if isinstance(spec.view, PlannedArticle) else spec.view
    parts = _load(view, site, library)
    if hasattr(view, "head"):
        parts.setdefault("structured_data", Late(lambda: write_things(describe_page(view, site))))
    try:
        text = environment.render(spec.template, {"site": site, "page": view, **parts})
    except Exception as failure:  # templates and filters are code of the site's own, and may raise anything
        raise ContentError([describe_failure(failure, spec, theme, environment)]) from failure
    return Rendered(path=spec.path, data=encode_legal(text))


def _load(view: AnyView, site: SiteView, library: Library) -> dict[str, object]:
    """Return what the view names only by digest."""
    if isinstance(view, ArticleView | PageView):
        return _load_document(view, site, library)
    if isinstance(view, CommentPageView):
        return _load_comment_page(view, site, library)
    if isinstance(view, CommentFeedView):
        return {"comments": _show_comments(library.load_thread(view.thread))}
    if isinstance(view, AllCommentsView):
        return {"comments": _find_comments(view, library)}
    if isinstance(view, FeedView):
        return _load_feed(view, site, library)
    return {}


def _load_document(view: ArticleView | PageView, site: SiteView, library: Library) -> dict[str, object]:
    content = _show_body(view.body, view.url, site, library)
    if not view.thread:
        return {"content": content, "comments": None}
    thread = library.load_thread(view.thread)
    comments = _show_comments(thread, tuple(_list_further(thread, view.url)))
    quoting = (*_list_quoting(thread), *_list_quoting_elsewhere(thread))
    if quoting:
        feedback = link_passages(content.html, quoting)
        content, comments = replace(content, pieces=feedback.pieces), replace(comments, passages=feedback.quoted)
    things = Late(lambda: _describe_discussed(view, comments, site))
    return {"content": content, "comments": comments, "structured_data": things}


def _describe_discussed(view: ArticleView | PageView, comments: CommentsView, site: SiteView) -> tuple[Html, ...]:
    return write_discussed(describe_page(view, site), comments, absolute_url(view.url, site.base_url), site)


def _load_comment_page(view: CommentPageView, site: SiteView, library: Library) -> dict[str, object]:
    thread = library.load_thread(view.thread)
    comments = _show_comments(thread)
    if view.body:
        content = _show_body(view.body, view.url, site, library)
        comments = replace(comments, passages=link_passages(content.html, _list_quoting(thread)).quoted)
    return {"comments": comments}


def _list_quoting(thread: CommentThread) -> Iterator[tuple[str, Passage]]:
    """Yield the comments that answer a passage, by their `id` attributes."""
    for placed in thread.comments:
        if placed.comment.passage:
            yield placed.comment.anchor, placed.comment.passage


def _list_quoting_elsewhere(thread: CommentThread) -> Iterator[tuple[str, Passage]]:
    for entry in thread.elsewhere:
        if entry.passage:
            yield entry.anchor, entry.passage


def _find_comments(view: AllCommentsView, library: Library) -> tuple[PlacedComment, ...]:
    """Return the comments that the view names, in its order."""
    threads = {
        digest: {placed.comment.anchor: placed for placed in library.load_thread(digest).comments}
        for digest in dict.fromkeys(entry.thread for entry in view.entries)
    }
    return tuple(threads[entry.thread][entry.anchor] for entry in view.entries)


def _load_feed(view: FeedView, site: SiteView, library: Library) -> dict[str, object]:
    texts = {
        entry.card.id: _show_in_feed(entry.body, entry.card.link.url, site, library)
        for entry in view.entries
        if entry.body and entry.card.link.url
    }
    if not view.url.endswith(".json"):
        return {"texts": texts}
    return {"texts": texts, "document": write_json(describe_feed(view, site, texts))}


def _show_body(ref: BodyRef, page: Url, site: SiteView, library: Library) -> Content:
    body = library.load_body(ref.digest)
    html = fill_body(body, ref, lambda address: relative_href(address, page), _tell_in(site))
    marked_up = Html(Markup(html))  # noqa: S704 -- bodies are HTML by their type
    return Content(html=marked_up, pieces=(BodyPiece(html=marked_up, passages=()),), toc=body.toc)


def _show_in_feed(ref: BodyRef, page: Url, site: SiteView, library: Library) -> Html:
    body, base_url = library.load_body(ref.digest), site.base_url
    here = absolute_url(page, base_url)
    return fill_feed_body(body, ref, here, lambda address: absolute_url(address, base_url), _tell_in(site))


def _tell_in(site: SiteView) -> Callable[[Moment], str]:
    """Return what gives the HTML of an instant in the language and the zone of `site`."""

    def tell(moment: Moment) -> str:
        text = escape(format_instant(moment, site.language, site.timezone))
        return f'<time datetime="{format_iso(moment, site.timezone)}">{text}</time>'

    return tell


def _show_comments(thread: CommentThread, elsewhere: tuple[CommentPageEntries, ...] = ()) -> CommentsView:
    return CommentsView(
        count=thread.count,
        items=thread.comments,
        open=thread.open,
        elsewhere=elsewhere,
        passages={},
        ratings=thread.ratings[1:],
        mentions=thread.mentions,
        provenance=thread.provenance,
    )


def _list_further(thread: CommentThread, document: Url) -> Iterator[CommentPageEntries]:
    """Yield the further pages of the comments on the document at `document`."""
    for number, entries in groupby(thread.elsewhere, key=lambda entry: entry.page):
        yield CommentPageEntries(number=number, url=comment_page_url(document, number), entries=tuple(entries))
