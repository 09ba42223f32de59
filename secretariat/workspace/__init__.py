"""The pages where the work on a meeting is done: which there are, who may open them, what waits there, where one is.

What needs somebody is put into words by `secretariat/attention.py` and its neighbours; no act stands here.
"""
