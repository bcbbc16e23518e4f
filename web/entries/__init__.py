"""Entering things by form: the form is made from the event's own fields, read back into facts, sealed, and recorded.

Read by the blueprints that have a form. `offers` says what may be added to which record, `fields` makes a form from an event,
`reading` turns what was posted into facts or into one sentence for each field that cannot be read.
"""
