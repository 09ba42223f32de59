"""A bare Django project: what these pages, this form and lists of this size cost when they do nothing else.

What a good engineer writes by hand within an hour: the settings of `startproject`, templates without a library, a form
whose fields are written out, one statement for each list. It has the project's PostgreSQL and as many rows and fields.
"""
