"""Posts mails as an act of the site would, and wakes Celery.  Run as `python -m tests.faults.posting NUMBER`.

With `--code` it posts one that holds a one-time code instead; with `--alike`, no mail is more urgent than another.
"""

import sys
import time

import django

PATIENCE = 30


def main(number, *options):
    from outbox.delivery import waking
    from outbox.posting import post

    if "--alike" in options:
        waking.PRIORITY_STEP = 0
    for each in range(1, int(number) + 1):
        name, marks = (f"Code {each}", {"is_secret": True}) if "--code" in options else (f"Mail {each}", {})
        post(
            key=f"test/{name}", kind="test", to=[f"to-{each}@missions.example"], subject=name, body=f"{name}\n", **marks
        )
    end = time.monotonic() + PATIENCE
    while waking.waker.waiting.qsize() and time.monotonic() < end:
        time.sleep(0.1)
    time.sleep(1)  # the last one is out of the queue before it is published


if __name__ == "__main__":
    django.setup()
    main(*sys.argv[1:])
