"""The benchmark: the project beside a bare Django project, on the same servers, in one run.

`script/bench` runs it; `docs/performance.md` holds its figures and says how they are taken.
"""
