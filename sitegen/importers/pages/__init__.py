"""Saved pages: one article as a browser kept it, as HTML or as plain text."""
