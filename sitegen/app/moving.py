"""`sitegen mv`: an article goes elsewhere with all its files, its old address and the links to it."""

import posixpath
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urlsplit
from zoneinfo import ZoneInfo

from sitegen.app.parsing import decode_text
from sitegen.app.site import Site
from sitegen.app.sources import Gathered, article_id
from sitegen.errors import Span, UsageError
from sitegen.model.article import Article, ImageSlot, LinkSlot
from sitegen.model.names import ArticleId, Url
from sitegen.parse.article import locate_document, parse_article
from sitegen.parse.front_matter_edit import add_alias
from sitegen.parse.markdown import build_engine
from sitegen.plan.references import content_path
from sitegen.plan.urls import document_url
from sitegen.storage.files import read_bytes, remove_empty_folders, remove_file, write_atomic

_SUFFIXES = (".md", ".markdown")
_SIDECARS = (".comments.json", ".moderation.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What was moved."""

    files: tuple[tuple[str, str], ...]
    """Old and new path of every file, relative to the site's root."""
    alias: Url | None
    """The old address, which now leads to the new one; None where the address stayed or was never public."""
    relinked: tuple[str, ...]
    """Other documents whose links were mended."""


def move_article(site: Site, gathered: Gathered, old: str, new: str) -> Move:
    """Move the article `old` to `new`, both paths below `content/`; `gathered` is the site as it stands.

    Raises UsageError where there is no such article, or something stands at the new place.
    """
    root = site.root
    source = _find_source(root, old)
    target = _find_target(root, source, new)
    files = _pair_files(root, source, target)
    _refuse_overwriting(root, [there for _, there in files])
    text, alias = _rewrite_moved(site, source, target)
    relinked = _relink_others(root, gathered, source, target)
    for here, there in files:
        data = text.encode("utf-8") if here == source else read_bytes(root / here)
        write_atomic(root / there, data)
    for path, changed in relinked.items():
        write_atomic(root / path, changed.encode("utf-8"))
    for here, _ in files:
        remove_file(root / here)
    remove_empty_folders(root / "content")
    return Move(files=tuple(files), alias=alias, relinked=tuple(relinked))


def _find_source(root: Path, old: str) -> str:
    """Return the path of the document that `old` names: a file, or the folder of a bundle."""
    path = posixpath.join("content", old.strip("/").removeprefix("content/"))
    candidates = [
        path,
        *(f"{path}{suffix}" for suffix in _SUFFIXES),
        *(f"{path}/index{suffix}" for suffix in _SUFFIXES),
    ]
    found = next((name for name in candidates if name.endswith(_SUFFIXES) and (root / name).is_file()), None)
    if found is None:
        raise UsageError(f"there is no article `{path}`", "name it by its path: sitegen mv world/old.md world/new.md")
    return found


def _find_target(root: Path, source: str, new: str) -> str:
    """Return where the document goes: into the folder `new` under its own name, or to `new` itself."""
    path = posixpath.normpath(posixpath.join("content", new.strip("/").removeprefix("content/")))
    if not path.startswith("content/"):
        raise UsageError(f"`{new}` is outside of content/", "name a path below content/")
    pure = PurePosixPath(source)
    bundle = pure.stem == "index"
    name = pure.parent.name if bundle else pure.name
    if (root / path).is_dir():
        path = f"{path}/{name}"
    if bundle:
        return f"{path.removesuffix('/index.md')}/{pure.name}"
    return path if path.endswith(_SUFFIXES) else f"{path}{pure.suffix}"


def _pair_files(root: Path, source: str, target: str) -> list[tuple[str, str]]:
    """Return old and new path of the document and of everything that belongs to it."""
    here, there = PurePosixPath(source), PurePosixPath(target)
    if here.stem == "index":
        folder = root / here.parent
        members = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
        return [(str(here.parent / member), str(there.parent / member)) for member in members]
    pairs = [(source, target)]
    for ending in _SIDECARS:
        sidecar = here.with_name(here.stem + ending)
        if (root / sidecar).is_file():
            pairs.append((str(sidecar), str(there.with_name(there.stem + ending))))
    return pairs


def _refuse_overwriting(root: Path, paths: Iterable[str]) -> None:
    taken = next((path for path in paths if (root / path).exists()), None)
    if taken:
        raise UsageError(f"{taken} is already there", "choose another name; nothing was moved")


def _rewrite_moved(site: Site, source: str, target: str) -> tuple[str, Url | None]:
    """Return the document as it is to stand at `target`, and its old address if readers may know it."""
    data = read_bytes(site.root / source)
    text = decode_text(data, source)
    engine = build_engine(site.config.markdown)
    zone = ZoneInfo(site.config.timezone)
    before = parse_article(text, locate_document(source), engine, site.config).article
    origin, goal = article_id(source), article_id(target)
    text = _replace_targets(
        text, before, lambda written: _rebase(written, origin, goal, PurePosixPath(source).stem == "index")
    )
    after = parse_article(text, locate_document(target), engine, site.config).article
    old_url, new_url = document_url(before, site.config, zone), document_url(after, site.config, zone)
    if old_url == new_url or before.metadata.draft:
        return text, None
    return add_alias(text, source, old_url), old_url


def _relink_others(root: Path, gathered: Gathered, source: str, target: str) -> dict[str, str]:
    """Return the new text of every other document that links to the one that moves."""
    moved, goal = article_id(source), article_id(target)
    changed: dict[str, str] = {}
    for path, article in gathered.articles.items():
        if path == source or not any(_leads_to(slot.target, article.id, moved) for slot in article.links):
            continue
        text = decode_text(read_bytes(root / path), path)
        base = posixpath.dirname(article.id)

        def redirect(written: str, base: str = base, origin: ArticleId = article.id) -> str | None:
            if not _leads_to(written, origin, moved):
                return None
            rooted = written.startswith("/")
            return _with_path(written, f"/{goal}" if rooted else posixpath.relpath(goal, base or "."))

        changed[path] = _replace_targets(text, article, redirect)
    return changed


def _leads_to(written: str, origin: ArticleId, moved: ArticleId) -> bool:
    path = unquote(urlsplit(written).path)
    return path.lower().endswith(_SUFFIXES) and content_path(path, origin) == moved


def _rebase(written: str, origin: ArticleId, goal: ArticleId, bundle: bool) -> str | None:  # noqa: FBT001
    """Return how the moved document now has to write a relative path; None where it stays as it is."""
    path = unquote(urlsplit(written).path)
    if not path or path.startswith("/") or (bundle and not path.startswith("../")):
        return None
    named = posixpath.normpath(posixpath.join(posixpath.dirname(origin), path))
    return _with_path(written, posixpath.relpath(named, posixpath.dirname(goal) or "."))


def _with_path(written: str, path: str) -> str:
    parts = urlsplit(written)
    return parts._replace(path=quote(path, safe="/!$&'*+,;=:@~-._")).geturl()


def _list_slots(article: Article) -> tuple[LinkSlot | ImageSlot, ...]:
    return (*article.links, *article.images)


def _replace_targets(text: str, article: Article, choose: Callable[[str], str | None]) -> str:
    """Return `text` with every link and image target of `article` replaced for which `choose` has another."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    wanted: Mapping[Span, str] = {
        slot.span: chosen for slot in _list_slots(article) if slot.span and (chosen := choose(slot.target)) is not None
    }
    for span in sorted(wanted, key=lambda place: (place.line, place.column), reverse=True):
        line = lines[span.line - 1]
        start = span.column - 1
        lines[span.line - 1] = line[:start] + wanted[span] + line[start + span.length :]
    return "\n".join(lines)
