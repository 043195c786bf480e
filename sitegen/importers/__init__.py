"""Foreign exports to content files: one module, or one folder, for each kind of source.

A reader reads its own input and yields what is in it; it writes nothing. `app/importing.py` and `app/capturing.py` put
what was read into the site.
"""
