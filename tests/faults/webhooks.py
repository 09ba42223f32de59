"""Adds webhooks to the scenery's meeting, or inscribes delegations, as acts of the site would.

Run as `python -m tests.faults.webhooks add URL…` or `… inscribe FIRST LAST`.
"""

import sys

import django


def add(*urls):
    import clock
    from dialogue.models import Meeting
    from tests.factories import STAFF
    from webhooks import signing, subscribing
    from webhooks.models import Webhook

    for url in urls:
        webhook = Webhook(meeting=Meeting.objects.get(), name="Receiver", url=url, kinds=["inscribed"])
        subscribing.add(webhook, by=STAFF, at=clock.now())
        subscribing.give_secret(webhook, signing.new_half(), by=STAFF, at=clock.now())


def inscribe(first, last):
    import clock
    from dialogue.models import Meeting
    from speakers.models import Delegation
    from tests import factories
    from tests.faults import scenery

    for number in range(int(first), int(last) + 1):
        delegation = Delegation.objects.get(code=scenery.code(number))
        factories.make_inscription(Meeting.objects.get(), delegation, at=clock.now())


if __name__ == "__main__":
    django.setup()
    {"add": add, "inscribe": inscribe}[sys.argv[1]](*sys.argv[2:])
