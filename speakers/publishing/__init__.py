"""What the public reads of a list, live or frozen.  R-28 to R-30

Here: revisions and their chain, the changes between two revisions, the list as files. Not here: the pages (`views/`).
"""
