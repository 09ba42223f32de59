"""The site with one protection switched off in each module: the tests must notice.

Each is handed to gunicorn or to Celery in the place of `config.wsgi` or of `config`.
"""
