"""Counting requests and tasks for Prometheus, see `watching`."""

import time
from collections.abc import Callable
from typing import Any

from celery.signals import task_postrun
from django.http import HttpRequest, HttpResponse

import watching


def counted(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The middleware: counts each answer by the name of its page, never by its address, which may hold a link."""

    def answer(request):
        began, status = time.monotonic(), 500
        try:
            response = get_response(request)
            status = response.status_code
        finally:
            page = request.resolver_match.view_name if request.resolver_match else "none"
            watching.REQUESTS.labels(page, f"{status // 100}xx").inc()
            watching.REQUEST_SECONDS.observe(time.monotonic() - began)
        return response

    return answer


@task_postrun.connect
def count_task(task: Any, state: str | None, **_signal: Any) -> None:
    """Count a task that was worked off, whatever became of it."""
    watching.TASKS.labels(task.name, state or "").inc()
