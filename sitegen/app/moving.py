"""`sitegen mv`: an article goes elsewhere with all its files, its old address and what names it."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from sitegen.app.inventory import name_sidecars
from sitegen.app.parsing import decode_text
from sitegen.app.permalinks import load_lock
from sitegen.app.relinking import Mended, Relocation, relink_config, relink_document
from sitegen.app.site import Site
from sitegen.app.sources import Gathered, article_id, name_snapshot
from sitegen.errors import Span, UsageError
from sitegen.importers.ledger import LEDGER_FILE, read_ledger, rename_in_ledger, write_ledger
from sitegen.model.article import Article
from sitegen.model.names import Url
from sitegen.model.source import DOCUMENT_SUFFIXES, LOCK_FILE
from sitegen.model.values import replace
from sitegen.parse.article import locate_document, parse_article
from sitegen.parse.front_matter import split_document
from sitegen.parse.front_matter_edit import add_alias
from sitegen.parse.instants import read_date_prefix
from sitegen.parse.markdown import MarkdownEngine, build_engine
from sitegen.parse.named_values import name_values
from sitegen.plan.permalinks import rename_document, write_lock
from sitegen.plan.schedule import classify
from sitegen.plan.urls import document_url
from sitegen.storage.files import read_bytes, remove_file, write_atomic

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What was moved."""

    files: tuple[tuple[str, str], ...]
    """Old and new path of every file, relative to the site's root."""
    alias: Url | None
    """The old address, which now leads to the new one; None where the address stayed or was never public."""
    relinked: tuple[str, ...]
    """Other files that named the article, and were mended."""
    missed: tuple[tuple[str, Span | None], ...]
    """Places that name it in a way that could not be mended, each with its file as it is called now."""


def move_article(site: Site, gathered: Gathered, old: str, new: str, clock: datetime) -> Move:
    """Move the article `old` to `new`, both paths below `content/`; `gathered` is the site as it stands.

    Everything is written before anything is removed, so that nothing is lost however this ends, and calling it again
    brings it to its end. Raises UsageError where there is no such article, or something else stands at the new place;
    ContentError where the article could not be read there.
    """
    return _Mover(site, gathered, clock).move(old, new)


class _Mover:
    def __init__(self, site: Site, gathered: Gathered, clock: datetime) -> None:
        self.site = site
        self.root = site.root
        self.gathered = gathered
        self.clock = clock
        self.zone = ZoneInfo(site.config.timezone)
        self.engine: MarkdownEngine = build_engine(site.config.markdown)
        self.missed: list[tuple[str, Span | None]] = []

    def move(self, old: str, new: str) -> Move:
        source = _find_source(self.root, old)
        before = self._parse_at(source, source, self._read(source))
        target = self._find_target(source, before, new)
        files = self._pair_files(source, before, target)
        relocation = self._relocate(source, before, target, files)
        text, alias = self._rewrite_moved(source, before, target, relocation)
        others = {
            **self._relink_documents(source, relocation),
            **self._relink_config(relocation),
            **self._rename_in_lock(before, relocation),
            **self._rename_in_ledger(source, target),
        }
        written = {there: read_bytes(self.root / here) for here, there in files} | {target: text}
        self._refuse_overwriting(written)
        for path, data in {**written, **others}.items():
            write_atomic(self.root / path, data)
        for here, _ in reversed(files):  # the article last: as long as it is there, this can be called again
            remove_file(self.root / here)
        _remove_empty_above(self.root, (here for here, _ in files))
        return Move(files=tuple(files), alias=alias, relinked=tuple(others), missed=tuple(self.missed))

    def _parse_at(self, path: str, shown: str, text: str) -> Article:
        """Return the article that `text` is at `path`; its problems name the file `shown`."""
        place = replace(locate_document(path), path=shown)
        return parse_article(text, place, self.engine, self.site.config).article

    def _read(self, path: str) -> str:
        text = decode_text(read_bytes(self.root / path), path)
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def _find_target(self, source: str, before: Article, new: str) -> str:
        """Return where the document goes: into the folder `new` under its own name, or to `new` itself."""
        path = posixpath.normpath(posixpath.join("content", new.strip("/").removeprefix("content/")))
        if path != "content" and not path.startswith("content/"):
            raise UsageError(f"`{new}` is outside of content/", "name a path below content/")
        pure = PurePosixPath(source)
        name = pure.parent.name if before.bundle else pure.name
        if new.endswith("/") or (self.root / path).is_dir():
            path = f"{path}/{name}"
        if before.bundle:
            path = path.removesuffix(f"/{pure.name}").removesuffix(pure.suffix)
        elif not path.endswith(DOCUMENT_SUFFIXES):
            path += pure.suffix
        path = self._keep_date(source, PurePosixPath(path))
        target = f"{path}/{pure.name}" if before.bundle else path
        _check_name(new, target)
        if target == source:
            raise UsageError(f"{source} is there already", "name another place")
        return target

    def _keep_date(self, source: str, path: PurePosixPath) -> str:
        """Return `path` with the date in front of its name on which the article depends."""
        stem = locate_document(source).stem
        date, rest = read_date_prefix(stem, self.zone)
        is_page = path.parts[1] == "pages"
        if date is None or is_page or read_date_prefix(path.stem, self.zone)[0]:
            return str(path)
        named = name_values(split_document(self._read(source), source), self.site.config.front_matter.map)
        if "date" in named.values:
            return str(path)
        prefix = stem.removesuffix(rest) if rest else f"{stem}-"
        return str(path.with_name(prefix + path.name))

    def _pair_files(self, source: str, before: Article, target: str) -> list[tuple[str, str]]:
        """Return old and new path of the document, which comes first, and of everything that belongs to it."""
        here, there = PurePosixPath(source), PurePosixPath(target)
        if before.bundle:
            return [(source, target), *self._pair_bundle(here, there)]
        pairs = [(source, target)]
        for sidecar, moved in zip(name_sidecars(source), name_sidecars(target), strict=True):
            if (self.root / sidecar).is_file():
                pairs.append((sidecar, moved))
        named = name_snapshot(source, before)
        if named and (self.root / named).is_file() and named not in dict(pairs):
            sharing = [path for path, sidecar in self.gathered.sidecars.items() if sidecar == named and path != source]
            if sharing:
                raise UsageError(f"{named} belongs to {sharing[0]} too", "give each of the two a snapshot of its own")
            pairs.append((named, f"{there.parent}/{before.metadata.comments_path}"))
        return pairs

    def _pair_bundle(self, here: PurePosixPath, there: PurePosixPath) -> Iterator[tuple[str, str]]:
        folder = self.root / here.parent
        for path in sorted(folder.rglob("*")):
            member = path.relative_to(folder)
            if not path.is_file() or str(member) == here.name:
                continue
            if path.name.endswith(DOCUMENT_SUFFIXES):
                raise UsageError(
                    f"{here.parent} holds another article, {member}", "move that one first; nothing was moved"
                )
            yield str(here.parent / member), str(there.parent / member)

    def _relocate(self, source: str, before: Article, target: str, files: Iterable[tuple[str, str]]) -> Relocation:
        after = self._parse_at(target, source, self._read(source))
        return Relocation(
            paths={article_id(here): article_id(there) for here, there in files},
            article=before.id,
            goal=after.id,
            slugs=(before.metadata.slug, after.metadata.slug),
            urls=(self._url(before), self._url(after)),
            is_file=lambda path: (self.root / "content" / path).is_file(),
        )

    def _url(self, article: Article) -> Url:
        return document_url(article, self.site.config, self.zone)

    def _rewrite_moved(
        self, source: str, before: Article, target: str, relocation: Relocation
    ) -> tuple[bytes, Url | None]:
        """Return the document as it is to stand at `target`, and its old address if readers may know it."""
        own = self.site.config.front_matter.map
        text = self._keep(target, relink_document(self._read(source), before, relocation, own))
        old, new = relocation.urls
        if old == new or classify(before.metadata, self.clock) in {"draft", "scheduled"}:
            return self._encode(source, text), None
        text = add_alias(text, source, old, own)
        if old not in self._parse_at(target, source, text).metadata.aliases:
            self.missed.append((target, None))
        return self._encode(source, text), old

    def _relink_documents(self, source: str, relocation: Relocation) -> dict[str, bytes]:
        """Return the new content of every other document that names something that moves."""
        own = self.site.config.front_matter.map
        changed: dict[str, bytes] = {}
        for path, article in sorted(self.gathered.articles.items()):
            if path == source or not _may_name(article):
                continue
            text = self._read(path)
            mended = self._keep(path, relink_document(text, article, relocation, own))
            if mended != text:
                changed[path] = self._encode(path, mended)
        return changed

    def _relink_config(self, relocation: Relocation) -> dict[str, bytes]:
        path = self.site.config_file
        text = self._read(path)
        mended = self._keep(path, relink_config(text, relocation))
        return {path: self._encode(path, mended)} if mended != text else {}

    def _rename_in_lock(self, before: Article, relocation: Relocation) -> dict[str, bytes]:
        """Return the new content of `permalinks.lock`; its line about the old address follows with the next build."""
        lock = load_lock(self.root)
        owners = rename_document(lock, before.id, relocation.goal)
        return {LOCK_FILE: write_lock(owners).encode()} if owners != lock.owners else {}

    def _rename_in_ledger(self, source: str, target: str) -> dict[str, bytes]:
        """Return the new content of `imports.lock`, so that importing again finds the article at its new place."""
        path = self.root / LEDGER_FILE
        text = decode_text(read_bytes(path), LEDGER_FILE) if path.exists() else ""
        ledger = read_ledger(text)
        renamed = rename_in_ledger(ledger, source, target)
        return {LEDGER_FILE: write_ledger(renamed).encode()} if renamed != ledger else {}

    def _keep(self, path: str, mended: Mended) -> str:
        """Return the text, and note what could not be mended in it."""
        self.missed += [(path, span) for span in mended.missed]
        return mended.text

    def _encode(self, path: str, text: str) -> bytes:
        """Return `text` with the line ends and the byte order mark that the file has now."""
        data = read_bytes(self.root / path)
        if b"\r\n" in data:
            text = text.replace("\n", "\r\n")
        return (_BOM if data.startswith(_BOM) else b"") + text.encode()

    def _refuse_overwriting(self, written: Mapping[str, bytes]) -> None:
        """Refuse what is there already, unless a move that was interrupted has left it there."""
        for path, data in written.items():
            file = self.root / path
            if file.is_dir() or (file.exists() and read_bytes(file) != data):
                raise UsageError(f"{path} is there already", "choose another name; nothing was moved")


def _find_source(root: Path, old: str) -> str:
    """Return the path of the document that `old` names: a file, or the folder of a bundle."""
    path = posixpath.normpath(posixpath.join("content", old.strip("/").removeprefix("content/")))
    candidates = [
        path,
        *(f"{path}{suffix}" for suffix in DOCUMENT_SUFFIXES),
        *(f"{path}/index{suffix}" for suffix in DOCUMENT_SUFFIXES),
    ]
    found = next((name for name in candidates if name.endswith(DOCUMENT_SUFFIXES) and (root / name).is_file()), None)
    if found is None or not found.startswith("content/") or PurePosixPath(found).stem == "_index":
        raise UsageError(f"there is no article `{path}`", "name it by its path: sitegen mv world/old.md world/new.md")
    return found


def _check_name(written: str, target: str) -> None:
    """Refuse names that are passed over when the site is read."""
    if PurePosixPath(target).stem == "_index" or any(
        part.startswith((".", "#")) or part.endswith("~") for part in target.split("/")
    ):
        raise UsageError(f"`{written}` would not be read as an article", "choose a name that starts with a letter")


def _may_name(article: Article) -> bool:
    metadata = article.metadata
    return bool(article.links or article.images or metadata.prev or metadata.next or metadata.image)


def _remove_empty_above(root: Path, paths: Iterable[str]) -> None:
    """Delete the folders below `content/` that are empty now that `paths` have gone."""
    folders = {parent for path in paths for parent in PurePosixPath(path).parents if len(parent.parts) > 1}
    for folder in sorted(folders, key=lambda folder: len(folder.parts), reverse=True):
        if (root / folder).is_dir() and not any((root / folder).iterdir()):
            (root / folder).rmdir()
