"""`sitegen import pelican`: a site of Pelican (4.x): Markdown below `Key: value` lines, and `pelicanconf.py` as data.

The settings are read from the syntax tree of the file, where they are plain values. Nothing of it is run.
"""

import ast
import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from urllib.parse import quote, unquote
from zoneinfo import ZoneInfo

from sitegen.errors import ContentError, warning
from sitegen.importers.generators.addresses import expand_braces
from sitegen.importers.generators.documents import Desk, Foreign, read_sites
from sitegen.importers.generators.folders import (
    CODE,
    MARKDOWN,
    OTHER_TEXT,
    Folder,
    copy_static,
    list_below,
    list_suffix,
    read_document,
)
from sitegen.importers.generators.matter import Matter
from sitegen.importers.records import ImportedDocument, ImportRequest, Tally
from sitegen.model.moment import Moment
from sitegen.parse.instants import read_date_prefix
from sitegen.parse.places import Plain
from sitegen.parse.raw import RawDocument
from sitegen.plan.slugs import slugify

_SETTINGS = "pelicanconf.py"
_KEY = re.compile(r"[ ]{0,3}([A-Za-z0-9_-]+):[ \t]*(.*)")
_MORE = re.compile(r"[ ]{4,}(.*)")
_LINK = re.compile(r"[{|](static|attach|filename)[}|](?P<path>[^\s)\"'<>]*)")
_OTHER_LINK = re.compile(r"[{|](?:author|category|tag|index)[}|]")
_LISTS = frozenset({"authors", "author", "tags", "keywords"})


def read_documents(request: ImportRequest, tally: Tally) -> Iterator[ImportedDocument]:
    """Yield the documents of sites of Pelican; raises as every reader does."""
    return read_sites(Desk("pelican", request, tally), request, tally, _Site)


class _Site:
    """One site."""

    def __init__(self, folder: Folder, request: ImportRequest, tally: Tally) -> None:
        self._folder = folder
        self._request = request
        self._tally = tally
        self._settings = _read_settings(folder, tally)
        content = str(self._settings.get("PATH", "content")).strip("./")
        self._content = content if content and any(list_below(folder.files, content)) else ""
        self._zone = request.timezone or str(self._settings.get("TIMEZONE") or request.config.timezone)
        self._pages = _list_paths(self._settings.get("PAGE_PATHS"), ("pages",))
        self._static = _list_paths(self._settings.get("STATIC_PATHS"), ("images",))

    def read(self, desk: Desk) -> Iterator[ImportedDocument]:
        """Yield the documents; count every file once."""
        start = f"{self._content}/" if self._content else ""
        for path in self._folder.files:
            place = path.removeprefix(start)
            if not path.startswith(start):
                folder = path.split("/")[0] if "/" in path else ""
                self._tally.skipped[f"{folder}/" if folder else "file of the site"] += 1
            elif list_suffix(path) in MARKDOWN:
                if document := self._read_document(path, place, desk):
                    yield document
            elif list_suffix(path) in OTHER_TEXT and not _is_below(place, self._static):
                self._tally.skipped[f"{list_suffix(path)} text"] += 1
            elif place != _SETTINGS and list_suffix(path) != ".py":
                copy_static(self._folder, path, place, self._tally)
            else:
                self._tally.skipped["file of the site"] += 1

    def _read_document(self, path: str, place: str, desk: Desk) -> ImportedDocument | None:
        raw = read_document(self._folder, path, self._tally)
        if raw is None:
            return None
        pure = PurePosixPath(place)
        body = raw.body if raw.format else split_meta(raw).body
        matter = self._read_matter(raw)
        is_page = _is_below(place, self._pages)
        status = matter.take_text("status").lower()
        if status == "skip":
            self._tally.skipped["status: skip"] += 1
            return None
        date = matter.take_instant("date") or read_date_prefix(pure.stem, ZoneInfo(self._zone))[0]
        section, category = ("", "") if is_page else self._find_category(matter, pure)
        matter.take("category")
        slug = matter.peek_text("slug") or slugify(matter.peek_text("title")) or slugify(pure.stem)
        language = matter.take_text("lang")
        foreign = Foreign(
            kind="page" if is_page else "article",
            key=place,
            stem=pure.stem,
            section=section,
            categories=[category] if category else [],
            date=date,
            is_draft=status in {"draft", "hidden"},
            url=self._find_address(matter, slug, section, language, date, is_page=is_page),
            body=self._move_links(body.strip("\n"), pure),
            language=language,
        )
        return desk.write(foreign, matter)

    def _find_address(
        self, matter: Matter, slug: str, category: str, language: str, date: Moment | None, *, is_page: bool
    ) -> str:
        """Return the old address; empty where neither the document nor the settings say it."""
        own = matter.take_text("url", "save_as")
        if own:
            return f"/{own.lstrip('/')}".removesuffix("index.html")
        if not self._settings:
            return ""
        names = ("PAGE_URL", "pages/{slug}.html") if is_page else ("ARTICLE_URL", "{slug}.html")
        pattern = self._settings.get(*names)
        author = slugify(matter.peek_text("author") or str(self._settings.get("AUTHOR", "")))
        tokens = {"slug": slug, "category": slugify(category), "lang": language or self._language(), "author": author}
        return (expand_braces(str(pattern), tokens, date) or "").removesuffix("index.html")

    def _language(self) -> str:
        return str(self._settings.get("DEFAULT_LANG", "en"))

    def _move_links(self, body: str, place: PurePosixPath) -> str:
        """Return a body whose links in Pelican's own form lead to files and documents here."""
        self._tally.unknown.update(match[0] for match in _OTHER_LINK.finditer(body))
        return _LINK.sub(lambda match: self._move_link(match, place), body)

    def _move_link(self, match: re.Match[str], place: PurePosixPath) -> str:
        written, _, fragment = unquote(match["path"]).partition("#")
        whole = written.lstrip("/") if written.startswith("/") else str(place.parent / written)
        target = posixpath.normpath(whole)
        if target.startswith(".."):
            self._tally.unknown[f"{{{match[1]}}}"] += 1
            return match[0]
        moved = self._find_document(target) if match[1] == "filename" else f"/{target}"
        return quote(moved) + (f"#{fragment}" if fragment else "")

    def _find_document(self, place: str) -> str:
        """Return where a document of this site goes, from `content/`."""
        path = f"{self._content}/{place}" if self._content else place
        if path not in self._folder.files:
            return f"/{place}"
        raw = read_document(self._folder, path, Tally())
        matter = self._read_matter(raw) if raw else None
        section = slugify(self._find_category(matter, PurePosixPath(place))[0]) if matter else ""
        folder = "pages" if _is_below(place, self._pages) else section
        return f"/{folder}/{PurePosixPath(place).stem}.md".replace("//", "/")

    def _read_matter(self, raw: RawDocument) -> Matter:
        return Matter(raw if raw.format else split_meta(raw), self._zone, self._request.config.front_matter.map)

    def _find_category(self, matter: Matter, place: PurePosixPath) -> tuple[str, str]:
        """Return the section of an article, and its category where that is another."""
        folder = place.parent.name if self._settings.get("USE_FOLDER_AS_CATEGORY", True) else ""
        category = matter.peek_text("category") or folder or str(self._settings.get("DEFAULT_CATEGORY", ""))
        section = self._request.section or category
        return section, category if category != section else ""


def _read_settings(folder: Folder, tally: Tally) -> Mapping[str, object]:
    """Return the settings that are plain values; those that would have to be computed are told."""
    if _SETTINGS not in folder.files:
        return {}
    shown = folder.show(_SETTINGS)
    try:
        tree = ast.parse(folder.read_text(_SETTINGS))
    except (SyntaxError, ValueError, RecursionError, MemoryError, ContentError):
        tally.warnings.append(warning(CODE, "cannot be read: nothing is known of addresses", shown))
        return {}
    settings: dict[str, object] = {}
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target = statement.targets[0]
            if isinstance(target, ast.Name) and target.id.isupper():
                try:
                    settings[target.id] = ast.literal_eval(statement.value)
                except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
                    message = f"{target.id} is computed, and is not known here"
                    tally.warnings.append(warning(CODE, message, shown))
    return settings


def split_meta(raw: RawDocument) -> RawDocument:
    """Return a document whose first lines are `Key: value`, up to the first blank one (python-Markdown, `meta`)."""
    lines = raw.body.split("\n")
    values: dict[str, list[str]] = {}
    key = ""
    count = 0
    for count, line in enumerate(lines):  # noqa: B007 -- used behind the loop
        if not line.strip():
            break
        if match := _KEY.fullmatch(line):
            key = match[1].lower()
            values.setdefault(key, []).append(match[2].strip())
        elif key and (more := _MORE.fullmatch(line)):
            values[key].append(more[1].strip())
        else:
            break
    joined = {key: Plain(("," if key in _LISTS else " ").join(parts)) for key, parts in values.items()}
    return RawDocument(
        path=raw.path,
        format=None,
        values=joined,
        spans={},
        key_spans={},
        body="\n".join(lines[count:]) if values else raw.body,
        body_line=count + 1,
    )


def _list_paths(value: object, default: tuple[str, ...]) -> tuple[str, ...]:
    """Return folders that a setting names."""
    paths = [value] if isinstance(value, str) else value if isinstance(value, list | tuple) else default
    return tuple(str(path).strip("./") for path in paths if str(path).strip("./"))


def _is_below(place: str, folders: tuple[str, ...]) -> bool:
    return any(place.startswith(f"{folder}/") for folder in folders)
