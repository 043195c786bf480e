"""Embargoes: everything that would be published is looked through for traces of what has to wait."""

import posixpath
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path

from sitegen.check.embargo import Secret, describe_trace, find_pictures, find_traces, is_secret, keep_secret
from sitegen.errors import Problem
from sitegen.model.article import Article, Body
from sitegen.model.codec import UnreadableError, decode
from sitegen.model.facts import AssetFacts, Embargoed
from sitegen.model.names import ArticleId, Digest
from sitegen.plan.assets import FileCopy
from sitegen.storage.files import read_bytes
from sitegen.storage.state import State


class Guard:
    """Looks at every file of a publication; costs nothing where nothing is secret."""

    def __init__(self, secrets: Iterable[Secret] = ()) -> None:
        """Guard `secrets`."""
        self._secrets = tuple(secrets)
        self.problems: list[Problem] = []
        """Every trace that was found."""

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to guard."""
        return bool(self._secrets)

    def look_at(self, path: str, data: bytes, source: str) -> None:
        """Look through a file that is made from `source` and goes to `path`."""
        if self._secrets:
            for secret, what in find_traces(path, data, self._secrets):
                self.problems.append(describe_trace(secret, what, path, source))

    def look_at_copy(self, copy: FileCopy, root: Path) -> None:
        """Look at a file that is copied as it is, from the site at `root`."""
        if self._secrets:
            for secret, what in find_pictures(copy.digest, self._secrets):
                self.problems.append(describe_trace(secret, what, copy.path, copy.source))
            self.look_at(copy.path, read_bytes(root / copy.source), copy.source)


def list_embargoed(articles: Iterable[Article], assets: Mapping[str, AssetFacts], clock: datetime) -> Embargoed:
    """Return what is under embargo at `clock`."""
    return {article.id: _find_pictures(article, assets) for article in articles if is_secret(article, clock)}


def guard_embargoed(embargoed: Embargoed, load_article: Callable[[ArticleId], Article], state: State) -> Guard:
    """Return the guard of everything that is `embargoed`. Raises UnreadableError for a lost body."""
    known = ((load_article(identity), pictures) for identity, pictures in embargoed.items())
    secrets = (keep_secret(article, _load_body(article, state), pictures) for article, pictures in known)
    return Guard(secret for secret in secrets if secret)


def _load_body(article: Article, state: State) -> Body:
    value = state.load("body", article.body_digest)
    if value is None:
        raise UnreadableError(f"body {article.body_digest} is not remembered")
    return decode(value, Body)


def _find_pictures(article: Article, assets: Mapping[str, AssetFacts]) -> Mapping[str, Digest]:
    """Return the pictures of an article that are files of the site, by the name of the file."""
    lead = (article.metadata.image.src,) if article.metadata.image else ()
    base = posixpath.dirname(f"content/{article.id}")
    found: dict[str, Digest] = {}
    for target in (*lead, *(slot.target for slot in article.images)):
        path = f"static{target}" if target.startswith("/") else posixpath.normpath(posixpath.join(base, target))
        if path in assets:
            found[posixpath.basename(path)] = assets[path].digest
    return found
