"""The worker, as Celery starts it."""

import os
import subprocess
import sys

from config import celery

START = """
import os, config.celery
from celery.signals import worker_init
worker_init.send(None)
print(os.nice(0))
"""


def test_a_worker_steps_back_for_the_pages():
    niceness = subprocess.check_output([sys.executable, "-c", START])

    assert int(niceness) == min(19, os.nice(0) + celery.NICENESS)
