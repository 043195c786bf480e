"""`sitegen import hugo`: a site of Hugo (0.1xx), or its `content` folder alone.

Sections by folder, page bundles, `_index.md`, translations by name, addresses by `permalinks`, as Hugo's
documentation of content organisation and URL management has them.
"""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Literal

from sitegen.importers.generators.addresses import expand_colons, list_date_tokens
from sitegen.importers.generators.documents import Desk, Foreign, read_sites
from sitegen.importers.generators.folders import (
    MARKDOWN,
    OTHER_TEXT,
    Folder,
    copy_static,
    list_below,
    list_suffix,
    read_configuration,
    read_document,
)
from sitegen.importers.generators.matter import Matter
from sitegen.importers.records import ImportedDocument, ImportRequest, Media, Tally
from sitegen.importers.web.media import check_name
from sitegen.model.moment import Moment
from sitegen.plan.slugs import slugify

_CONFIGURATIONS = tuple(
    f"{folder}{name}.{ending}"
    for folder in ("", "config/_default/")
    for name in ("hugo", "config")
    for ending in ("toml", "yaml", "yml", "json")
)
_DATES = ("date", "publishdate", "pubdate")
_LEAF = "index"
_BRANCH = "_index"


def read_documents(request: ImportRequest, tally: Tally) -> Iterator[ImportedDocument]:
    """Yield the documents of sites of Hugo; raises as every reader does."""
    return read_sites(Desk("hugo", request, tally), request, tally, _Site)


class _Site:
    """One site."""

    def __init__(self, folder: Folder, request: ImportRequest, tally: Tally) -> None:
        self._folder = folder
        self._request = request
        self._tally = tally
        self._config = {key.lower(): value for key, value in read_configuration(folder, *_CONFIGURATIONS).items()}
        content = str(self._config.get("contentdir", "content"))
        self._content = content if any(list_below(folder.files, content)) else ""
        self._zone = request.timezone or str(self._config.get("timezone") or request.config.timezone)
        languages = self._config.get("languages")
        self._languages = frozenset(map(str.lower, languages)) if isinstance(languages, Mapping) else frozenset()
        self._main_language = str(self._config.get("defaultcontentlanguage", "en")).lower()
        self._permalinks = self._read_permalinks()
        self._static = {path.removeprefix("static/") for path in list_below(folder.files, "static")}

    def read(self, desk: Desk) -> Iterator[ImportedDocument]:
        """Yield the documents; count every file once."""
        content = [path for path in self._folder.files if self._is_content(path)]
        bundles = {str(PurePosixPath(path).parent) for path in content if self._split_name(path)[0] == _LEAF}
        resources: dict[str, list[str]] = {bundle: [] for bundle in bundles}
        for path in content:
            if not self._is_document(path) and (bundle := _find_bundle(path, bundles)):
                resources[bundle].append(path)
        taken = {path for paths in resources.values() for path in paths}
        for path in self._folder.files:
            if path in taken:
                continue
            if not self._is_content(path):
                self._read_other(path)
            elif not self._is_document(path):
                self._read_loose(path)
            elif self._split_name(path)[0] != _LEAF and _find_bundle(path, bundles):
                self._tally.skipped["page within a bundle"] += 1
            elif document := self._read_document(path, resources, desk):
                yield document

    def _is_content(self, path: str) -> bool:
        return not self._content or path.startswith(f"{self._content}/")

    def _is_document(self, path: str) -> bool:
        return list_suffix(path) in MARKDOWN

    def _place(self, path: str) -> str:
        """Return the path of a file below the content folder."""
        return path.removeprefix(f"{self._content}/") if self._content else path

    def _split_name(self, path: str) -> tuple[str, str]:
        """Return the name of a file without ending and language, and the language."""
        stem = PurePosixPath(path).stem
        name, _, language = stem.rpartition(".")
        return (name, language.lower()) if name and language.lower() in self._languages else (stem, "")

    def _read_other(self, path: str) -> None:
        folder = path.split("/", maxsplit=1)[0] if "/" in path else ""
        if folder == "static":
            copy_static(self._folder, path, path.removeprefix("static/"), self._tally)
        elif folder == "assets" and check_name(path) is None:
            copy_static(self._folder, path, path.removeprefix("assets/"), self._tally)
        else:
            self._tally.skipped[f"{folder}/" if folder else "file of the site"] += 1

    def _read_loose(self, path: str) -> None:
        """Read a file that is no document and belongs to no bundle: Hugo publishes it at its path."""
        if list_suffix(path) in OTHER_TEXT:
            self._tally.skipped[f"{list_suffix(path)} text"] += 1
        else:
            copy_static(self._folder, path, self._place(path), self._tally)

    def _read_document(self, path: str, resources: Mapping[str, list[str]], desk: Desk) -> ImportedDocument | None:
        place = PurePosixPath(self._place(path))
        stem, language = self._split_name(path)
        if stem == _BRANCH:
            return self._read_section(path, place, language, desk)
        raw = read_document(self._folder, path, self._tally)
        if raw is None:
            return None
        matter = Matter(raw, self._zone, self._request.config.front_matter.map)
        is_dated = any(matter.has(key) for key in _DATES)
        date = self._read_date(matter)
        folders = self._choose_folders(place.parts[:-1])
        files = resources.get(str(PurePosixPath(path).parent), []) if stem == _LEAF else []
        kind: Literal["article", "page"] = "article" if is_dated else "page"
        target = "/".join(("content", *(("pages",) if kind == "page" else ()), *folders))
        base = str(PurePosixPath(path).parent)
        media = [
            Media(path=f"{target}/{file.removeprefix(base).lstrip('/')}", address=file, file=self._folder.find(file))
            for file in files
        ]
        url = matter.take_text("url")
        categories = matter.take_list("categories", "category")
        is_foreign = language and language != self._request.config.language.lower()
        foreign = Foreign(
            kind=kind,
            key=self._place(path),
            folders=folders,
            stem=stem if not language or language == self._main_language else f"{stem}-{language}",
            date=date,
            section="" if folders else next(iter(categories), ""),
            categories=categories if folders else categories[1:],
            is_draft=matter.take_flag("draft", default=False),
            url=(url if url.startswith("/") else f"/{url}") if url else self._find_address(place, stem, matter, date),
            body=raw.body.strip("\n"),
            media=media,
            language=language if is_foreign else matter.take_text("lang", "language"),
            translation_key=matter.take_text("translationkey") or (str(place.with_name(stem)) if language else ""),
            locate=self._locate,
        )
        return desk.write(foreign, matter)

    def _read_section(self, path: str, place: PurePosixPath, language: str, desk: Desk) -> ImportedDocument | None:
        """Read `_index.md`: sitegen has one for each folder right below `content`, in the language of the site."""
        if language and language != self._main_language:
            self._tally.skipped["_index.md in another language"] += 1
            return None
        if len(place.parts) != 2 or self._choose_folders(place.parts[:-1]) != place.parts[:-1]:
            self._tally.skipped["_index.md that is no section's"] += 1
            return None
        raw = read_document(self._folder, path, self._tally)
        if raw is None:
            return None
        matter = Matter(raw, self._zone, self._request.config.front_matter.map)
        return desk.write_section(place.parts[0], self._place(path), raw.body.strip("\n"), matter)

    def _choose_folders(self, folders: tuple[str, ...]) -> tuple[str, ...]:
        """Return where a document goes. Folders that are years and months are no sections."""
        named = self._request.section
        if named:
            return (slugify(named), *(folder for folder in folders if slugify(folder) != slugify(named)))
        first = next((index for index, folder in enumerate(folders) if not folder.isdigit()), len(folders))
        return folders[first:]

    def _read_date(self, matter: Matter) -> Moment | None:
        """Return the date; one of publication that lies ahead wins, since Hugo waits for it."""
        date = matter.take_instant(_DATES[0])
        published = matter.take_instant(*_DATES[1:])
        if published and (date is None or published.at > self._request.clock):
            return published
        return date

    def _read_permalinks(self) -> Mapping[str, str]:
        value = self._config.get("permalinks")
        if not isinstance(value, Mapping):
            return {}
        pages = value.get("page")
        merged = {**value, **pages} if isinstance(pages, Mapping) else value
        return {key: pattern for key, pattern in merged.items() if isinstance(pattern, str)}

    def _find_address(self, place: PurePosixPath, stem: str, matter: Matter, date: Moment | None) -> str:
        """Return the old address; empty where no configuration says how addresses are made."""
        if not self._config:
            return ""
        folders = place.parts[:-2] if stem == _LEAF else place.parts[:-1]
        name = place.parts[-2] if stem == _LEAF and len(place.parts) > 1 else stem
        language = self._split_name(place.name)[1]
        start = f"/{language}" if language and language != self._main_language else ""
        title, slug = slugify(matter.peek_text("title")), slugify(matter.peek_text("slug"))
        sections = "/".join(map(_write_segment, folders))
        section = place.parts[0] if len(place.parts) > 1 else ""
        pattern = self._permalinks.get(section)
        if pattern is None:
            ending = ".html" if self._config.get("uglyurls") in (True, "true") else "/"
            return f"{start}/{sections}/{slug or _write_segment(name)}{ending}".replace("//", "/")
        tokens = {
            **{key: value.lower() for key, value in list_date_tokens(date).items()},
            "section": _write_segment(section),
            "sections": sections,
            "title": title or _write_segment(name),
            "slug": slug or title or _write_segment(name),
            "filename": _write_segment(name),
            "contentbasename": _write_segment(name),
            "slugorfilename": slug or _write_segment(name),
            "slugorcontentbasename": slug or _write_segment(name),
        }
        address = expand_colons(pattern, tokens)
        return f"{start}{address}" if address else ""

    def _locate(self, address: str) -> str:
        """Return where an image is: in the bundle, or below `static`."""
        return f"/{address}" if address in self._static else address


def _find_bundle(path: str, bundles: set[str]) -> str | None:
    """Return the innermost folder above a file that is a bundle."""
    return next((str(folder) for folder in PurePosixPath(path).parents if str(folder) in bundles), None)


def _write_segment(name: str) -> str:
    """Return a name as Hugo writes it in an address: lower case, hyphens for spaces; dots and underscores stay."""
    return "-".join(name.lower().split())
