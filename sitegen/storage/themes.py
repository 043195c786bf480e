"""Themes as they lie on the disk: the site's own below `themes/`, then those that ship."""

import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast

from sitegen.errors import ContentError, error
from sitegen.model.config import TomlValue
from sitegen.model.digests import digest_bytes
from sitegen.model.theme import Catalogue, StaticFile, Theme, ThemeLayer
from sitegen.storage.files import read_bytes

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped_folder() -> Path:
    """Return the folder of the themes that ship: inside the installed package, or beside it in a checkout."""
    installed = _PACKAGE / "themes"
    return installed if installed.is_dir() else _PACKAGE.parent / "themes"


def load_theme(names: Sequence[str], root: Path) -> Theme:
    """Return the theme of the site at `root`: the layers `names`, then broadsheet, then sitegen's own machine pages.

    Raises ContentError for a theme that is nowhere, and for files in it that cannot be read as what they are.
    """
    layers = [_load_named(name, root) for name in names]
    if "broadsheet" not in names:
        layers.append(_load_named("broadsheet", root))
    machine = _load_layer("sitegen", _PACKAGE / "render" / "machine", "sitegen (built in)")
    return Theme(layers=(*layers, machine))


def theme_folders(names: Sequence[str], root: Path) -> tuple[Path, ...]:
    """Return the folders that the layers `names` are read from, to be watched."""
    folders = (_find(name, root) for name in (*names, "broadsheet"))
    return tuple(dict.fromkeys(folder for folder in folders if folder))


def _find(name: str, root: Path) -> Path | None:
    candidates = (root / "themes" / name, shipped_folder() / name)
    return next((folder for folder in candidates if folder.is_dir()), None)


def _load_named(name: str, root: Path) -> ThemeLayer:
    folder = _find(name, root)
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
    return _load_layer(name, folder, f"themes/{name}" if own else f"{name} (shipped)")


def _folders(base: Path) -> Iterator[Path]:
    return (path for path in base.iterdir() if path.is_dir()) if base.is_dir() else iter(())


def _load_layer(name: str, folder: Path, label: str) -> ThemeLayer:
    description = folder / "theme.toml"
    settings = _read_toml(description, f"{label}/theme.toml") if description.is_file() else {}
    options = settings.get("options", {})
    return ThemeLayer(
        name=name,
        folder=label,
        templates={path: _read_text(folder / "templates" / path, label) for path in _walk(folder / "templates")},
        static={
            path: StaticFile(
                location=str(folder / "static" / path), digest=digest_bytes(read_bytes(folder / "static" / path))
            )
            for path in _walk(folder / "static")
        },
        locales={
            path.removesuffix(".toml"): cast(
                "Catalogue", _read_toml(folder / "locales" / path, f"{label}/locales/{path}")
            )
            for path in _walk(folder / "locales")
            if path.endswith(".toml")
        },
        options=cast("Mapping[str, TomlValue]", options if isinstance(options, Mapping) else {}),
    )


def _walk(folder: Path) -> tuple[str, ...]:
    """Return the files below `folder` as sorted POSIX paths; hidden ones and editors' leavings are passed over."""
    found: list[str] = []
    for base, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [
            (Path(base) / name).relative_to(folder).as_posix()
            for name in files
            if not name.startswith(".") and not name.endswith(("~", ".swp"))
        ]
    return tuple(sorted(found))


def _read_text(path: Path, label: str) -> str:
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        raise ContentError(
            [error("template", f"is not UTF-8 text: {failure.reason}", f"{label}/{path.name}")]
        ) from failure


def _read_toml(path: Path, label: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(_read_text(path, label))
    except tomllib.TOMLDecodeError as failure:
        raise ContentError([error("toml", str(failure), label)]) from failure
