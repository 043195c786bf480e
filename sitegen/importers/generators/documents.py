"""A document of another generator as one of sitegen."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol
from urllib.parse import quote

from sitegen.importers.generators.folders import Folder, note_keys, open_folder
from sitegen.importers.generators.matter import Matter, write_date
from sitegen.importers.records import ImportedDocument, ImportRequest, Media, State, Tally
from sitegen.model.moment import Moment
from sitegen.parse.template_tags import find_template_tags
from sitegen.plan.slugs import slugify


@dataclass(slots=True, kw_only=True)
class Foreign:
    """What a generator's own rules say of a document; front matter says the rest."""

    kind: Literal["article", "page"]
    """What it becomes."""
    key: str
    """Its path, for `ImportedDocument.key`."""
    folders: Sequence[str] = ()
    """The folders in which it goes, the section of an article first."""
    stem: str
    """Name of its file without ending; `index` in a bundle."""
    section: str = ""
    """Name of its section, where no folder gives it."""
    categories: Sequence[str] = ()
    """Categories that become tags."""
    date: Moment | None = None
    """When it was published."""
    is_draft: bool = False
    """Whether readers could not see it."""
    url: str = ""
    """Its old address, if that is known."""
    body: str = ""
    """Markdown."""
    media: Sequence[Media] = ()
    """Files that it needs."""
    language: str = ""
    """Its language, where it is not that of the site."""
    translation_key: str = ""
    """What joins it with its translations."""
    locate: Callable[[str], str] = field(default=lambda address: address)
    """Turns the address of its picture into one here."""


class SourceSite(Protocol):
    """A site of another generator."""

    def read(self, desk: "Desk") -> Iterator[ImportedDocument]:
        """Yield its documents; count every file once."""


def read_sites(
    desk: "Desk", request: ImportRequest, tally: Tally, open_site: Callable[[Folder, ImportRequest, Tally], SourceSite]
) -> Iterator[ImportedDocument]:
    """Yield the documents of all sites that were named, as `open_site` reads each; raises as every reader does."""
    for name in request.inputs:
        yield from open_site(open_folder(name, tally), request, tally).read(desk)
    desk.finish()


class Desk:
    """Writes the documents of one import, and counts what is none of sitegen's."""

    def __init__(self, generator: str, request: ImportRequest, tally: Tally, *, separators: str = ",") -> None:
        """Count into `tally`; `separators` part tags that stand in one text, as in a class of a regular expression."""
        self._separators = separators
        self._generator = generator
        self._request = request
        self._tally = tally
        self._own_keys: Counter[str] = Counter()

    def write(self, foreign: Foreign, matter: Matter) -> ImportedDocument:
        """Return the document; one whose front matter has mistakes is a draft."""
        zone = self._request.config.timezone
        section = slugify(foreign.section)
        folders = list(foreign.folders) or ([section] if section and foreign.kind == "article" else [])
        image = matter.take_image()
        front_matter: dict[str, object] = {
            "title": matter.take_text("title") or _write_title(foreign),
            "date": write_date(foreign.date, zone),
            "updated": write_date(matter.take_instant("lastmod", "last_modified_at", "updated", "modified"), zone),
            "source": matter.take_text("source"),
            "tags": list(dict.fromkeys((*self._take_tags(matter), *foreign.categories))),
            "authors": matter.take_list("authors", "author", "byline", separators=",;"),
            "section": foreign.section if folders[:1] == [section] and foreign.section != section else None,
            "description": matter.take_text("description", "summary", "excerpt"),
            "image": foreign.locate(image) if image else None,
            "expires": write_date(matter.take_instant("expirydate", "expires"), zone),
            "slug": matter.take_text("slug"),
            "url": foreign.url,
            "aliases": [_root(alias) for alias in matter.take_list("aliases", "redirect_from")],
            "lang": foreign.language,
            "translation_key": foreign.translation_key,
        }
        own = matter.take_rest()
        self._own_keys.update(own.keys())
        is_draft = foreign.is_draft or bool(matter.problems)
        self._tally.problems += matter.problems
        self._tally.unknown.update(tag.kind for tag in find_template_tags(foreign.body, 1))
        self._tally.read[f"{foreign.kind}s"] += 1
        self._tally.read["media"] += len(foreign.media)
        return ImportedDocument(
            kind=foreign.kind,
            key=f"{self._generator}:{quote(foreign.key)}",
            path="/".join((*(("pages",) if foreign.kind == "page" else ()), *folders, f"{foreign.stem}.md")),
            state=self._find_state(foreign.date, is_draft=is_draft),
            front_matter={**front_matter, "draft": True if is_draft else None, "extra": own},
            body=foreign.body,
            media=tuple(foreign.media),
        )

    def write_section(self, folder: str, key: str, body: str, matter: Matter) -> ImportedDocument:
        """Return the `_index.md` of a section."""
        front_matter: dict[str, object] = {
            "title": matter.take_text("title"),
            "description": matter.take_text("description", "summary"),
            "order": int(order) if (order := matter.take_text("weight", "order")).isdecimal() else None,
        }
        own = matter.take_rest()
        self._own_keys.update(own.keys())
        self._tally.problems += matter.problems
        self._tally.unknown.update(tag.kind for tag in find_template_tags(body, 1))
        self._tally.read["sections"] += 1
        return ImportedDocument(
            kind="page",
            key=f"{self._generator}:{quote(key)}",
            path=f"{folder}/_index.md",
            front_matter={**front_matter, "extra": own},
            body=body,
        )

    def finish(self) -> None:
        """Tell which keys were none of sitegen's."""
        note_keys(self._own_keys, self._tally)

    def _take_tags(self, matter: Matter) -> list[str]:
        return matter.take_list("tags", "tag", "keywords", separators=self._separators)

    def _find_state(self, at: Moment | None, *, is_draft: bool) -> State:
        if is_draft:
            return "draft"
        return "scheduled" if at and at.at > self._request.clock else "published"


def _write_title(foreign: Foreign) -> str:
    stem = foreign.folders[-1] if foreign.stem == "index" and foreign.folders else foreign.stem
    return " ".join(stem.replace("-", " ").replace("_", " ").split()).capitalize()


def _root(address: str) -> str:
    return address if address.startswith(("/", "?")) or "://" in address else f"/{address}"
