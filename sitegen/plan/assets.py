"""Files that pages show or link to: where they lie, and where they go."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field

from sitegen.model.article import Article
from sitegen.model.card import Picture
from sitegen.model.facts import AssetFacts
from sitegen.model.names import Digest, OutPath, Url
from sitegen.plan.urls import escape_path, folder_of, out_path


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCopy:
    """A file that goes into the output as it is."""

    path: OutPath
    """Where it goes."""
    source: str
    """Where it lies: relative to the site's root, or absolute for a file of a theme."""
    digest: Digest
    """Digest of its bytes."""


@dataclass(slots=True)
class AssetDesk:
    """Finds files by what documents call them, and remembers which have to be copied."""

    assets: Mapping[str, AssetFacts]
    """All files by path, below `content/` and `static/`."""
    copies: dict[FileCopy, None] = field(default_factory=dict)
    """What was asked for, in order."""

    def find(self, target: str, article: Article, url: Url) -> tuple[Url, AssetFacts] | None:
        """Return the address and facts of the file that `article`, at `url`, calls `target`; None if there is none.

        A relative target lies beside the document and is copied into the document's folder of the output; one that
        starts with `/` lies in `static/`.
        """
        if target.startswith("/"):
            facts = self.assets.get(f"static{target}")
            return (escape_path(target), facts) if facts else None
        base = posixpath.dirname(f"content/{article.id}")
        path = posixpath.normpath(posixpath.join(base, target))
        facts = self.assets.get(path)
        if not facts or not path.startswith("content/"):
            return None
        name = "/".join(part for part in posixpath.relpath(path, base).split("/") if part != "..")
        return self._copy(facts, url, name), facts

    def copy_bundle(self, article: Article, url: Url, files: tuple[str, ...]) -> None:
        """Ask for all `files` of the bundle of `article`, so that nothing an author put there is missing."""
        base = posixpath.dirname(f"content/{article.id}")
        for path in files:
            self._copy(self.assets[path], url, path[len(base) + 1 :])

    def _copy(self, facts: AssetFacts, url: Url, name: str) -> Url:
        """Ask for a file to go into the folder of the document at `url`, and return its address there."""
        address = Url(folder_of(url) + escape_path(name))
        self.copies[FileCopy(path=out_path(address), source=facts.path, digest=facts.digest)] = None
        return address


def picture_of(url: str, facts: AssetFacts | None, alt: str = "", caption: str = "", credit: str = "") -> Picture:
    """Return the picture at `url`, with its size where `facts` know it."""
    return Picture(
        src=url,
        alt=alt,
        caption=caption,
        credit=credit,
        width=facts.width if facts else None,
        height=facts.height if facts else None,
    )
