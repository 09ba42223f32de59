"""The site with one protection switched off in each module: the tests must notice.

Each is passed to gunicorn or to Celery in place of `config.wsgi` or `config`.
"""
