"""The site, waking Celery in the request itself, as soon as it has committed.  R-10"""

from config.wsgi import application
from outbox.delivery import waking

__all__ = ["application"]

waking.wake = waking.publish
