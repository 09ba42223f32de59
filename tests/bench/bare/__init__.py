"""A bare Django project: what a page, a form and a list of this size cost when they do nothing else.

The defaults of `startproject`, the same gunicorn, the same PostgreSQL, the same number of rows and fields.
"""
