"""Disk and time: the only layer besides `serve/` and `cli/` that touches either."""
