"""The site, whose health does not ask the database for room on its disk.  R-09"""

from config.wsgi import application
from secretariat import health

__all__ = ["application"]


def ask_for_nothing(_cursor):
    pass


health.ask_for_room = ask_for_nothing
