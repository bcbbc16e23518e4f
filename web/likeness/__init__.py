"""One person, once: which files are likely of the same person, why, and what speaks against it. Nothing is ever joined by this.

comparing.py weighs two names, circumstances.py what their files say beside the names, candidates.py asks for one name among
everybody on record, pairs.py keeps the pairs of an installation in memory. What is settled about two files is in the record:
`person.found_to_be` and `person.told_apart`. pages.py shows coordinators the pairs that nobody has settled; question.py is asked
while somebody records.
"""
