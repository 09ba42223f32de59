"""Celery with workers that do only what comes through the broker.  R-10"""

from tests.faults.hurried import app, stand_in

__all__ = ["app"]

app.steps["worker"].discard(stand_in.StandIn)
