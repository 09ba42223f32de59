"""Celery: carries out what the database says is due. It never decides; the clock does.  R-06"""

import os
from typing import Any

from celery import Celery, Task
from celery.signals import task_postrun, task_prerun, worker_init
from django.db import close_old_connections
from kombu.transport import TRANSPORT_ALIASES

from acts import request_number
from config.stand_in import StandIn
from config.worker.telling import Telling

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# The broker of the embedded mode, by the name that its address has.
TRANSPORT_ALIASES["folder"] = "config.embedded.folder_broker:Transport"


class Watched(Task):
    """A task that first looks whether the database was restored; then mail of what is done on time waits.  R-76"""

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        from secretariat.recovery import recognizing  # noqa: PLC0415  models: a worker has them once it is set up

        recognizing.look_now_and_then()
        if self.name not in app.conf.beat_schedule:
            return super().__call__(*arguments, **named)
        with recognizing.on_time():
            return super().__call__(*arguments, **named)


app = Celery("speakers-list", task_cls=Watched)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].update({StandIn, Telling})

# How far a worker steps back where it wants the processor together with the pages.
NICENESS = 10


@worker_init.connect
def let_people_go_first(**_signal: Any) -> None:
    """Mail may wait for some seconds; a person who inscribes in the last minute may not."""
    os.nice(NICENESS)


@task_prerun.connect
@task_postrun.connect
def tend_connections(**_signal: Any) -> None:
    """Treat a task as Django treats a request: keep its database connection, but replace one that is old or broken."""
    close_old_connections()


@task_prerun.connect
def number_lines(task_id: str, **_signal: Any) -> None:
    """Give what a task logs the number of the task; what a request caused has the number of that request."""
    request_number.begin(task_id)


@task_postrun.connect
def number_no_more_lines(**_signal: Any) -> None:
    """What this thread logs from now on belongs to no task."""
    request_number.begin("")
