"""Interpreters, verbatim reporters and précis-writers: their links, what they read, what they ask of a speaker.  R-73

Not here: the texts themselves, and who else may read them (`statements/`).
"""
