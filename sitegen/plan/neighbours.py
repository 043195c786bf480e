"""Previous and next article: computed by time, or chosen in the front matter."""

from collections.abc import Sequence

from sitegen.errors import Span, error, warning
from sitegen.model.article import Article, NeighbourChoice
from sitegen.model.card import Link
from sitegen.model.index import SiteIndex
from sitegen.model.names import ArticleId, Url
from sitegen.plan.findings import Findings
from sitegen.plan.references import Directory, find_document, site_url


def resolve_neighbours(
    article: Article, index: SiteIndex, directory: Directory, findings: Findings
) -> tuple[Link | None, Link | None]:
    """Return the previous and the next link of `article`; what cannot be resolved goes into `findings`."""
    computed = index.neighbours.get(article.id)
    older = index.links[computed.older] if computed and computed.older else None
    newer = index.links[computed.newer] if computed and computed.newer else None
    desk = _Desk(article, index, directory, findings)
    return (
        desk.resolve("prev", article.metadata.prev, older),
        desk.resolve("next", article.metadata.next, newer),
    )


class _Desk:
    """Resolves the choices of one article."""

    def __init__(self, article: Article, index: SiteIndex, directory: Directory, findings: Findings) -> None:
        self.article = article
        self.index = index
        self.directory = directory
        self.findings = findings

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
        if len(found) == 1:
            return self._show(field, found[0], choice.title, computed)
        self._report_choice(field, reference, found)
        return computed

    def _show(self, field: str, identity: ArticleId, title: str | None, computed: Link | None) -> Link | None:
        link = self.index.links.get(identity)
        if link is None and identity in self.directory.urls:
            return Link(url=self.directory.urls[identity], title=title or identity)
        if link is None:
            self.findings.add(
                warning(
                    field,
                    f"`{identity}` is not published: the neighbour by date is shown instead",
                    *self._place(field),
                )
            )
            return computed
        return Link(url=link.url, title=title, date=link.date, image=link.image) if title else link

    def _resolve_title(self, field: str, title: str) -> Link:
        matches = self.directory.by_title.get(title, ())
        shown = [self.index.links[identity] for identity in matches if identity in self.index.links]
        if len(shown) == 1:
            return shown[0]
        reason = "no article here has this title" if not shown else f"{len(shown)} articles have this title"
        self.findings.add(
            warning(field, f"{reason}: it is shown without a link", *self._place(field), hint="add its `url`")
        )
        return Link(url=None, title=title)

    def _report_choice(self, field: str, reference: str, found: Sequence[ArticleId]) -> None:
        if found:
            message = f"`{reference}` may mean {len(found)} articles"
            hint: str | None = "name one by its path: " + ", ".join(f"`{identity}`" for identity in found[:4])
        else:
            message = f"`{reference}` is no article of this site"
            hint = self.directory.suggester.suggest(reference)
        self.findings.add(error(field, message, *self._place(field), hint=hint))

    def _place(self, field: str) -> tuple[str, Span | None]:
        return f"content/{self.article.id}", self.article.spans.get(field)
