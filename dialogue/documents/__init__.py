"""What a meeting gives its readers: the note as its page prints it, and files that are kept in the database.

Not here: whether a file is harmless (`uploads/`).
"""
