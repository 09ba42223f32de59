"""A bare Django project: what the same page, form and list cost where nothing is asked of them but to be there.

The defaults of `startproject`, the same gunicorn, the same PostgreSQL, the same number of rows and fields.
"""
