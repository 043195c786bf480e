"""Rendering: from page specifications to bytes. Pure: templates, bodies and threads are handed in."""
