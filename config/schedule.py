"""When the scheduler has which task carried out, in seconds or by the clock in UTC."""

from typing import Any

from celery.schedules import crontab

# The scheduler's clock says when a task expires, and the worker's whether it has. None does before the sign of life, so
# that between two machines whose clocks differ by more than that, workers find the scheduler silent and stand in.
SCHEDULE: dict[str, dict[str, Any]] = {
    name: {"task": name, "schedule": seconds, "options": {"expires": max(seconds, 120.0)}}
    for name, seconds in {
        "outbox.pulse": 30.0,
        "outbox.sweep": 60.0,
        "floor.alert_rooms": 10.0,
        "speakers.close_due_lists": 60.0,
        "speakers.fix_terms": 60.0,
        "speakers.expire_swaps": 60.0,
        "speakers.send_digests": 60.0,
        "registration.carry_on": 60.0,
        "secretariat.leave_mark": 60.0,
        "registration.remind_of_manifests": 600.0,
        "speakers.remind_delegations": 600.0,
    }.items()
}
SCHEDULE["secretariat.erase_personal_data"] = {
    "task": "secretariat.erase_personal_data",
    "schedule": crontab(hour=7, minute=30),  # 2:30 or 3:30 a.m. in New York
    "options": {"expires": 6 * 60 * 60},
}
