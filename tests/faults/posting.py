"""Posts mails as an act of the site would, and wakes Celery.  Run as `python -m tests.faults.posting NUMBER`."""

import sys
import time

import django

PATIENCE = 30


def main(number):
    from outbox.delivery import waking
    from outbox.posting import post

    for each in range(1, number + 1):
        name = f"Mail {each}"
        post(key=f"test/{each}", kind="test", to=[f"to-{each}@missions.example"], subject=name, body=f"{name}\n")
    end = time.monotonic() + PATIENCE
    while waking.waker.waiting.qsize() and time.monotonic() < end:
        time.sleep(0.1)


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
