"""Celery with workers that do only what comes through the broker.  R-10"""

from tests.faults.hurried import app, standing_in

__all__ = ["app"]

app.steps["worker"].discard(standing_in.StandIn)
