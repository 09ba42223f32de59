"""Several people who act at the same instant, each with a database connection of their own."""

import threading

from django.db import connection


def together(*acts):
    """Do the `acts` at one instant, each in its own thread; return how each ended: "done" or its exception."""
    start, ends = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        start.wait()
        try:
            act()
            ends[number] = "done"
        except Exception as refusal:  # noqa: BLE001  told to the thread that asked
            ends[number] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends
