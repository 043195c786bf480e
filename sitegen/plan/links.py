"""Links and images in bodies: from what the author wrote to an address."""

import posixpath
from dataclasses import dataclass, field
from urllib.parse import unquote

from sitegen.errors import Problem, Span, error, warning
from sitegen.model.article import Article, ImageSlot, LinkSlot
from sitegen.model.card import Picture
from sitegen.model.names import ArticleId, Url
from sitegen.model.source import DOCUMENT_SUFFIXES
from sitegen.model.views import BodyLink, BodyRef
from sitegen.plan.assets import AssetDesk, picture_of
from sitegen.plan.findings import Findings
from sitegen.plan.references import Directory, content_path
from sitegen.plan.urls import close_url, escape_path, is_absolute


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
                [
                    BodyLink(address=self._resolve_link(slot, article, url), attribute=slot.attribute)
                    for slot in article.links
                ]
            ),
            images=tuple([self._resolve_image(slot, article, url) for slot in article.images]),
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
            self.findings.add(_describe_missing(image.src, article, article.spans.get("image")))
            return None
        return picture_of(*found, image.alt, image.caption, image.credit)

    def _resolve_image(self, slot: ImageSlot, article: Article, url: Url) -> Picture:
        if is_absolute(slot.target):
            return picture_of(slot.target, None)
        path, rest = split_target(slot.target)
        found = self.desk.find(path, article, url)
        if found is None:
            address = _join(url, path)
            self.promises.append((address, _describe_missing(slot.target, article, slot.span)))
            return picture_of(address + rest, None)
        address, facts = found
        return picture_of(address + rest, None if slot.sized else facts)

    def _resolve_link(self, slot: LinkSlot, article: Article, url: Url) -> str:
        path, rest = split_target(slot.target)
        if not path:
            return url + rest
        found = self.desk.find(path, article, url)
        if found:
            return found[0] + rest
        if path.lower().endswith(DOCUMENT_SUFFIXES):
            return self._resolve_document(slot, path, rest, article)
        return self._resolve_address(slot, path, rest, article, url)

    def _resolve_document(self, slot: LinkSlot, path: str, rest: str, article: Article) -> str:
        identity = content_path(path, article.id)
        if identity in self.directory.urls:
            return self.directory.urls[identity] + rest
        if identity in self.directory.hidden:
            return self._hide(slot, identity, article)
        hint = (
            self.directory.suggester.suggest(identity)
            or "paths are relative to this file, or start with `/` for `content/`"
        )
        self.findings.add(error("link", f"no such document: `{slot.target}`", f"content/{article.id}", slot.span, hint))
        return ""

    def _resolve_address(self, slot: LinkSlot, path: str, rest: str, article: Article, url: Url) -> str:
        """Return an address of this site, to be looked for when all pages are known."""
        absolute = _join(url, path)
        query = rest.split("#", 1)[0]
        identity = self.directory.by_url.get(Url(escape_path(path) + query)) if query else None
        if identity is None:
            identity = self.directory.by_url.get(absolute)
        else:
            rest = rest[len(query) :]
        if identity and identity in self.directory.hidden:
            return self._hide(slot, identity, article)
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

    def _hide(self, slot: LinkSlot, identity: ArticleId, article: Article) -> str:
        """Return nothing for a link to what is not published, which is then shown as plain text."""
        state = "was taken down" if identity in self.directory.gone else "is not published"
        message = f"links to what {state}: `{identity}`"
        self.findings.add(warning("link", message, f"content/{article.id}", slot.span, "it is shown as text"))
        return ""


def split_target(target: str) -> tuple[str, str]:
    """Return the path of a target as text, and its query and fragment as written."""
    end = min((place for mark in "?#" if (place := target.find(mark)) >= 0), default=len(target))
    return unquote(target[:end]), target[end:]


def _join(page: Url, path: str) -> Url:
    """Return the address that `path` means on `page`; never one of another host, whatever was percent-encoded in it."""
    written = escape_path(path)
    whole = written if path.startswith("/") else page[: page.rindex("/") + 1] + written
    normal = "/" + posixpath.normpath(whole).lstrip("/")
    is_folder = posixpath.basename(path) in {"", ".", ".."} and normal != "/"
    return close_url(f"{normal}/" if is_folder else normal)


def _describe_missing(target: str, article: Article, span: Span | None) -> Problem:
    """Return what is said of an image that is nowhere."""
    place = "static" if target.startswith("/") else posixpath.dirname(f"content/{article.id}")
    return warning(
        "image",
        f"no such image: `{target}`",
        f"content/{article.id}",
        span,
        hint=f"put the file into `{place}/`, or mend the name",
    )
