"""Files that people send, judged by their structure in a process with limits before anything is done with them.  R-79

Not here: who may send one, and what becomes of it (`floor/statements/`, `speakers/delegations/`).
"""
