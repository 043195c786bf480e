"""Previous and next article: computed by time, or chosen in the front matter."""

from collections.abc import Sequence

from sitegen.errors import Span, error, warning
from sitegen.model.article import Article, NeighbourChoice
from sitegen.model.card import Link
from sitegen.model.names import ArticleId, Url
from sitegen.model.values import replace
from sitegen.plan.context import PlanContext
from sitegen.plan.references import find_document, site_url, weigh_matches


def resolve_neighbours(article: Article, context: PlanContext) -> tuple[Link | None, Link | None]:
    """Return the previous and the next link of `article`; what cannot be resolved goes into the findings."""
    index = context.index
    computed = index.neighbours.get(article.id)
    older = index.links[computed.older] if computed and computed.older else None
    newer = index.links[computed.newer] if computed and computed.newer else None
    if article.metadata.prev is None and article.metadata.next is None:
        return older, newer
    desk = _Desk(article, context)
    chosen = context.chosen.get(article.id)
    if chosen:
        return chosen[0] if article.metadata.prev else older, chosen[1] if article.metadata.next else newer
    return (
        desk.resolve("prev", article.metadata.prev, older),
        desk.resolve("next", article.metadata.next, newer),
    )


class _Desk:
    """Resolves the choices of one article."""

    def __init__(self, article: Article, context: PlanContext) -> None:
        self.article = article
        self.context = context
        self.directory = context.directory

    def resolve(self, field: str, choice: NeighbourChoice | None, computed: Link | None) -> Link | None:
        if choice is None:
            return computed
        if choice.suppressed:
            return None
        if choice.reference is None:
            return self._resolve_title(field, choice.title or "")
        reference = choice.reference
        if reference.startswith(("http://", "https://")) and site_url(reference, self.directory.base_url) is None:
            return Link(url=Url(reference), title=choice.title or reference)
        found = find_document(reference, self.article.id, self.directory)
        if len(found) == 1 and found[0] != self.article.id:
            return self._show(field, found[0], choice.title, computed)
        self._report_choice(field, reference, found)
        return computed

    def _show(self, field: str, identity: ArticleId, title: str | None, computed: Link | None) -> Link | None:
        card = self.context.cards.get(identity)
        if card:
            return replace(card.link, title=title) if title else card.link
        self._warn(field, f"`{identity}` is not published: the neighbour by date is shown instead")
        return computed

    def _resolve_title(self, field: str, title: str) -> Link:
        matches = weigh_matches(self.directory.by_title.get(title, ()), self.article.id, self.directory)
        others = [identity for identity in matches if identity != self.article.id]
        shown = [self.context.cards[identity].link for identity in others if identity in self.context.cards]
        if len(shown) == 1:
            return shown[0]
        if shown:
            self._warn(field, f"{len(shown)} articles have this title: it is shown without a link", "add its `url`")
        elif others:
            self._warn(field, f"`{others[0]}` is not published: its title is shown without a link")
        else:
            self._warn(field, "no article here has this title: it is shown without a link", "add its `url`")
        return Link(url=None, title=title)

    def _report_choice(self, field: str, reference: str, found: Sequence[ArticleId]) -> None:
        hint: str | None
        if not found:
            message = f"`{reference}` is no article of this site"
            hint = self.directory.suggester.suggest(reference)
        elif len(found) == 1:
            message = f"`{reference}` is this article itself"
            hint = f"leave `{field}` out for the neighbour by date, or write `{field}: false` for none"
        else:
            message = f"`{reference}` may mean {len(found)} articles"
            hint = "name one by its path: " + ", ".join(f"`{identity}`" for identity in found[:4])
        self.context.findings.add(error(field, message, *self._place(field), hint=hint))

    def _warn(self, field: str, message: str, hint: str | None = None) -> None:
        self.context.findings.add(warning(field, message, *self._place(field), hint=hint))

    def _place(self, field: str) -> tuple[str, Span | None]:
        return f"content/{self.article.id}", self.article.spans.get(field)
