"""Our own tables about places (CSV, beside this page), how spellings are compared, and how the gazetteer file is built.

Asked through `web.gazetteer` and `web.geocoding`; docs/places.md names the source of every fact.
"""
