"""Themes as they lie on the disk: the site's own below `themes/`, then those that ship."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast

from sitegen.errors import ContentError, Span, error
from sitegen.model.digests import digest_bytes
from sitegen.model.theme import Catalogue, StaticFile, Theme, ThemeLayer, find_catalogues
from sitegen.parse.places import Placed
from sitegen.parse.theme_settings import parse_theme_settings
from sitegen.parse.toml_source import load_toml
from sitegen.storage.files import read_bytes
from sitegen.storage.theme_files import BASE_THEME, MACHINE_FOLDER, find_theme, list_files, shipped_folder

_IsRead = Callable[[str], bool]
"""Whether the words of a language are read, by its tag."""


def load_theme(names: Sequence[str], root: Path) -> Theme:
    """Return the theme of the site at `root`: the layers `names`, then broadsheet, then sitegen's own machine pages.

    Raises ContentError for a theme that is nowhere, and for files in it that cannot be read as what they are.
    """
    return _load_layers(names, root, lambda _: True)


def load_theme_in(languages: Iterable[str], names: Sequence[str], root: Path) -> Theme:
    """Return what `load_theme` does for pages in these `languages`, with no words but those that they show.

    Most of the time that a theme takes is to read words.
    """
    wanted = {tag for language in languages for tag in find_catalogues(language)}
    return _load_layers(names, root, wanted.__contains__)


def _load_layers(names: Sequence[str], root: Path, is_read: _IsRead) -> Theme:
    layers = [_load_named(name, root, is_read) for name in names]
    if BASE_THEME not in names:
        layers.append(_load_named(BASE_THEME, root, is_read))
    machine = _load_layer("sitegen", MACHINE_FOLDER, "sitegen (built in)", is_read)
    return Theme(layers=(*layers, machine))


def _load_named(name: str, root: Path, is_read: _IsRead) -> ThemeLayer:
    folder = find_theme(name, root)
    if folder is None:
        known = sorted({path.name for base in (root / "themes", shipped_folder()) for path in _folders(base)})
        raise ContentError(
            [
                error(
                    "theme",
                    f"there is no theme `{name}`",
                    "sitegen.toml",
                    hint=f"make the folder `themes/{name}/`, or choose among: {', '.join(known)}",
                )
            ]
        )
    own = folder.is_relative_to(root)
    return _load_layer(name, folder, f"themes/{name}" if own else f"{name} (shipped)", is_read)


def _folders(base: Path) -> Iterator[Path]:
    return (path for path in base.iterdir() if path.is_dir()) if base.is_dir() else iter(())


def _load_layer(name: str, folder: Path, label: str, is_read: _IsRead) -> ThemeLayer:
    description = f"{label}/theme.toml"
    settings = _read_toml(folder / "theme.toml", description) if (folder / "theme.toml").is_file() else _NOTHING
    options, lists = parse_theme_settings(settings, description)
    return ThemeLayer(
        name=name,
        folder=label,
        templates={
            path: _read_text(folder / "templates" / path, f"{label}/templates/{path}")
            for path in list_files(folder / "templates", f"{label}/templates")
        },
        static={
            path: StaticFile(
                location=str(folder / "static" / path), digest=digest_bytes(read_bytes(folder / "static" / path))
            )
            for path in list_files(folder / "static", f"{label}/static")
        },
        locales={
            path.removesuffix(".toml"): _read_words(folder / "locales" / path, f"{label}/locales/{path}")
            for path in list_files(folder / "locales", f"{label}/locales")
            if path.endswith(".toml") and is_read(path.removesuffix(".toml"))
        },
        options=options,
        lists=lists,
    )


def _read_text(path: Path, label: str) -> str:
    data = read_bytes(path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        place = Span(line=data.count(b"\n", 0, failure.start) + 1)
        problem = error("encoding", f"is not UTF-8 text: {failure.reason}", label, place, "save the file as UTF-8")
        raise ContentError([problem]) from failure


def _read_toml(path: Path, label: str) -> Placed:
    return load_toml(_read_text(path, label), label, 1)


def _read_words(path: Path, label: str) -> Catalogue:
    """Return the words of one language: text, or text by plural form, `other` among them."""
    placed = _read_toml(path, label)
    problems = [
        error(
            "words",
            f"`{key}` is neither text nor a table of plural forms with `other`",
            label,
            placed.spans.get((key,)),
        )
        for key, value in placed.values.items()
        if not isinstance(value, str) and not _is_plural(value)
    ]
    if problems:
        raise ContentError(problems)
    return cast("Catalogue", placed.values)


def _is_plural(value: object) -> bool:
    return isinstance(value, Mapping) and "other" in value and all(isinstance(form, str) for form in value.values())


_NOTHING = Placed(values={}, spans={}, key_spans={})
