"""`sitegen serve`: build, watch, build again."""

from sitegen.model.facts import Preview

_PREVIEW = Preview(drafts=True, future=True, expired=True)
