"""The site's Celery in a hurry, and impatient: a task that hangs is ended after seconds where it takes minutes.

Passed to Celery in place of `config`.
"""

from tests.faults.hurried import app

__all__ = ["app"]

app.conf.task_time_limit = 10
