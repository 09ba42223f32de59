"""What the public reads of a list, live or frozen.  R-28 to R-30

Here: revisions and their chain, the changes between two revisions, the list as files; receipts as files, and where a
witness stands, because both are checked against what was published. Not here: the pages (`views/`).
"""
