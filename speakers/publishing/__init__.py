"""What the public reads of a list, live or frozen for ever.  R-28 to R-30

Here: revisions and their chain, what changed between two, the list as files. Not here: the pages (`views/`).
"""
