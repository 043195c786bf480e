"""`sitegen import jekyll`: a site of Jekyll (4.x): `_posts`, `_drafts`, collections, pages, and the files beside them.

Addresses follow `permalink`, with the placeholders and built-in styles of Jekyll's documentation.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Literal

from sitegen.importers.generators.addresses import expand_colons, join_slugs, list_date_tokens
from sitegen.importers.generators.documents import Desk, Foreign, read_sites
from sitegen.importers.generators.folders import (
    MARKDOWN,
    OTHER_TEXT,
    Folder,
    copy_static,
    list_suffix,
    read_configuration,
    read_document,
)
from sitegen.importers.generators.matter import Matter
from sitegen.importers.records import ImportedDocument, ImportRequest, Tally
from sitegen.model.moment import Moment
from sitegen.parse.instants import parse_instant
from sitegen.plan.slugs import slugify

_CONFIGURATIONS = ("_config.yml", "_config.yaml", "_config.toml")
_POST = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})-(.+)")
_STYLES: Mapping[str, str] = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_BUILT = frozenset({"_site", "node_modules", "vendor"})
_OF_THE_SITE = frozenset({"gemfile", "gemfile.lock", "rakefile", "package.json", "package-lock.json"})
_BY_SPACE = r",\s"
"""What parts tags and categories that stand in one text."""


def read_documents(request: ImportRequest, tally: Tally) -> Iterator[ImportedDocument]:
    """Yield the documents of sites of Jekyll; raises as every reader does."""
    return read_sites(Desk("jekyll", request, tally, separators=_BY_SPACE), request, tally, _Site)


class _Site:
    """One site."""

    def __init__(self, folder: Folder, request: ImportRequest, tally: Tally) -> None:
        self._folder = folder
        self._request = request
        self._tally = tally
        self._config = read_configuration(folder, *_CONFIGURATIONS)
        self._zone = request.timezone or str(self._config.get("timezone") or request.config.timezone)
        collections = self._config.get("collections")
        self._collections = frozenset(f"_{name}" for name in _list_names(collections))
        excluded = self._config.get("exclude")
        self._excluded = tuple(str(name).strip("/") for name in excluded) if isinstance(excluded, list) else ()

    def read(self, desk: Desk) -> Iterator[ImportedDocument]:
        """Yield the documents; count every file once."""
        for path in self._folder.files:
            folders = PurePosixPath(path).parts[:-1]
            kind = self._find_kind(path, folders)
            if kind is None:
                continue
            if list_suffix(path) not in MARKDOWN:
                self._read_file(path, folders)
            elif document := self._read_document(path, folders, kind, desk):
                yield document

    def _find_kind(self, path: str, folders: tuple[str, ...]) -> Literal["post", "draft", "page"] | None:
        """Return what a file is; None for one that Jekyll does not publish, which is counted."""
        if "_posts" in folders or "_drafts" in folders:
            return "post" if "_posts" in folders else "draft"
        hidden = next((folder for folder in folders if folder.startswith("_")), None)
        if hidden and hidden not in self._collections:
            self._tally.skipped[f"{hidden}/"] += 1
        elif folders[:1] and folders[0] in _BUILT:
            self._tally.skipped[f"{folders[0]}/"] += 1
        elif self._is_excluded(path) or path.lower() in _OF_THE_SITE or path in _CONFIGURATIONS:
            self._tally.skipped["file of the site"] += 1
        else:
            return "page"
        return None

    def _is_excluded(self, path: str) -> bool:
        return any(path == name or path.startswith(f"{name}/") for name in self._excluded)

    def _read_file(self, path: str, folders: tuple[str, ...]) -> None:
        is_text = list_suffix(path) in OTHER_TEXT and self._has_matter(path)
        if is_text or any(folder.startswith("_") for folder in folders):
            self._tally.skipped[f"{list_suffix(path) or 'other'} text"] += 1
        else:
            copy_static(self._folder, path, path, self._tally)

    def _has_matter(self, path: str) -> bool:
        """Tell whether Jekyll takes a file for a document: it begins with a line of hyphens."""
        with self._folder.find(path).open("rb") as stream:
            return stream.read(8).removeprefix(b"\xef\xbb\xbf").startswith(b"---")

    def _read_document(self, path: str, folders: tuple[str, ...], kind: str, desk: Desk) -> ImportedDocument | None:
        if kind == "page" and not self._has_matter(path):
            self._tally.skipped["Markdown without front matter"] += 1
            return None
        raw = read_document(self._folder, path, self._tally)
        if raw is None:
            return None
        matter = Matter(raw, self._zone, self._request.config.front_matter.map)
        stem = PurePosixPath(path).stem
        named = _POST.fullmatch(stem)
        is_article = kind != "page" or matter.has("date")
        date = matter.take_instant("date")
        if date is None and named and is_article:
            date = parse_instant(named[1], self._zone)
        above = tuple(folder.lstrip("_") for folder in folders if folder not in {"_posts", "_drafts"})
        if path.rpartition(".")[0] == "index":
            self._tally.skipped["front page"] += 1
            return None
        categories = list(dict.fromkeys((*above, *self._take_categories(matter)))) if is_article else []
        section = self._request.section or next(iter(categories), "")
        name = named[2] if named and is_article else stem
        foreign = Foreign(
            kind="article" if is_article else "page",
            key=path,
            folders=() if is_article else above,
            stem=stem if stem != "index" else above[-1],
            section=section,
            categories=[category for category in categories if category != section],
            date=date,
            is_draft=kind == "draft" or not matter.take_flag("published", default=True),
            url=self._find_address(matter, name, above, categories, date, is_article=is_article),
            body=raw.body.strip("\n"),
            language=matter.take_text("lang", "language"),
        )
        return desk.write(foreign, matter)

    def _take_categories(self, matter: Matter) -> list[str]:
        alone = matter.take_text("category")
        return [*([alone] if alone else []), *matter.take_list("categories", separators=_BY_SPACE)]

    def _find_address(
        self,
        matter: Matter,
        name: str,
        folders: tuple[str, ...],
        categories: list[str],
        date: Moment | None,
        *,
        is_article: bool,
    ) -> str:
        """Return the old address; empty where neither the document nor a configuration says it."""
        own = matter.take_text("permalink")
        if not own and not self._config:
            return ""
        slug = matter.peek_text("slug") or name
        tokens = {
            **list_date_tokens(date),
            "title": "-".join(slug.split()),
            "slug": slugify(slug),
            "categories": "/".join("-".join(category.lower().split()) for category in categories),
            "slugified_categories": join_slugs(tuple(categories)),
            "output_ext": ".html",
            "basename": name,
            "name": name,
            "path": "/".join((*folders, name)),
            "folders": "/".join(folders),
        }
        if own:
            pattern = _STYLES.get(own, own)
        elif is_article:
            written = str(self._config.get("permalink") or "date")
            pattern = _STYLES.get(written, written)
        else:
            pattern = self._choose_page_pattern(name)
        return expand_colons(pattern, tokens) or ""

    def _choose_page_pattern(self, name: str) -> str:
        """Return the pattern of pages, which end as posts do."""
        written = str(self._config.get("permalink") or "date")
        ending = "/" if _STYLES.get(written, written).endswith("/") else ":output_ext"
        return "/:folders/" if name == "index" else f"/:path{ending}"


def _list_names(collections: object) -> list[str]:
    if isinstance(collections, Mapping):
        return [str(name) for name in collections]
    return [str(name) for name in collections] if isinstance(collections, list) else []
