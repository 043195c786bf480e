"""Links and images in bodies: from what the author wrote to an address."""

import posixpath
from dataclasses import dataclass, field
from urllib.parse import unquote, urljoin, urlsplit

from sitegen.errors import Problem, Span, error, warning
from sitegen.model.article import Article, ImageSlot, LinkSlot
from sitegen.model.card import Picture
from sitegen.model.names import Url
from sitegen.model.views import BodyLink, BodyRef
from sitegen.plan.assets import AssetDesk, is_absolute, picture_of
from sitegen.plan.findings import Findings
from sitegen.plan.references import Directory, content_path, site_url

_DOCUMENTS = (".md", ".markdown")


@dataclass(slots=True)
class LinkDesk:
    """Resolves the slots of bodies."""

    directory: Directory
    """All documents."""
    desk: AssetDesk
    """All files."""
    findings: Findings
    """Where problems go."""
    promises: list[tuple[Url, Problem]] = field(default_factory=list)
    """Addresses that must be in the output in the end, each with what to say if it is not."""

    def resolve_body(self, article: Article, url: Url) -> BodyRef:
        """Return what stands in the slots of `article`, whose page is at `url`."""
        return BodyRef(
            digest=article.body_digest,
            links=tuple(
                BodyLink(address=self._resolve_link(slot, article, url), attribute=slot.attribute)
                for slot in article.links
            ),
            images=tuple(self._resolve_image(slot, article, url) for slot in article.images),
        )

    def resolve_lead(self, article: Article, url: Url) -> Picture | None:
        """Return the picture that the front matter of `article` names; None where it names none that is there."""
        image = article.metadata.image
        if image is None:
            return None
        if is_absolute(image.src):
            return picture_of(image.src, None, image.alt, image.caption, image.credit)
        found = self.desk.find(image.src, article, url)
        if found is None:
            self._miss_image(image.src, article, article.spans.get("image"))
            return None
        return picture_of(*found, image.alt, image.caption, image.credit)

    def _resolve_image(self, slot: ImageSlot, article: Article, url: Url) -> Picture:
        if is_absolute(slot.target):
            return picture_of(slot.target, None)
        found = self.desk.find(_path_of(slot.target), article, url)
        if found is None:
            self._miss_image(slot.target, article, slot.span)
            return picture_of(slot.target, None)
        address, facts = found
        return picture_of(address, None if slot.sized else facts)

    def _miss_image(self, target: str, article: Article, span: Span | None) -> None:
        place = "static" if target.startswith("/") else posixpath.dirname(f"content/{article.id}")
        self.findings.add(
            warning(
                "image",
                f"no such image: `{target}`",
                f"content/{article.id}",
                span,
                hint=f"put the file into `{place}/`, or mend the name",
            )
        )

    def _resolve_link(self, slot: LinkSlot, article: Article, url: Url) -> str:
        path = _path_of(slot.target)
        rest = slot.target[len(urlsplit(slot.target)._replace(query="", fragment="").geturl()) :]
        if not path:
            return slot.target
        if path.lower().endswith(_DOCUMENTS):
            return self._resolve_document(slot, path, rest, article)
        found = self.desk.find(path, article, url)
        if found:
            return found[0] + rest
        return self._resolve_address(slot, path, rest, article, url)

    def _resolve_document(self, slot: LinkSlot, path: str, rest: str, article: Article) -> str:
        identity = content_path(path, article.id)
        if identity in self.directory.urls:
            return self.directory.urls[identity] + rest
        file = f"content/{article.id}"
        if identity in self.directory.hidden:
            self.findings.add(
                warning("link", f"links to what is not published: `{identity}`", file, slot.span, "it is shown as text")
            )
            return ""
        hint = (
            self.directory.suggester.suggest(identity)
            or "paths are relative to this file, or start with `/` for `content/`"
        )
        self.findings.add(error("link", f"no such document: `{slot.target}`", file, slot.span, hint))
        return ""

    def _resolve_address(self, slot: LinkSlot, path: str, rest: str, article: Article, url: Url) -> str:
        """Return an address of this site, to be looked for when all pages are known."""
        absolute = site_url(urljoin(url, path), self.directory.base_url)
        if absolute is None:
            return slot.target
        identity = self.directory.by_url.get(absolute)
        if identity and identity in self.directory.hidden:
            self.findings.add(
                warning(
                    "link",
                    f"links to what is not published: `{identity}`",
                    f"content/{article.id}",
                    slot.span,
                    "it is shown as text",
                )
            )
            return ""
        target = self.directory.urls[identity] if identity else absolute
        self.promises.append(
            (
                target,
                warning(
                    "link",
                    f"no such page on this site: `{slot.target}`",
                    f"content/{article.id}",
                    slot.span,
                    "link to the Markdown file, so that the address can be found, or write the whole address",
                ),
            )
        )
        return target + rest


def _path_of(target: str) -> str:
    return unquote(urlsplit(target).path)
