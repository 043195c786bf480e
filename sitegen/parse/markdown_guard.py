"""Refuses Markdown that python-Markdown would take forever over, before it begins."""


def guard_source(source: str) -> None:
    """Raise ContentError where `source` would take too long or nest too deeply."""
