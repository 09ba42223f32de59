"""Focal points of Member States, signed in on the site in whose environment this runs; prints their cookies as JSON.

Run as `python -m tests.config.signed_in 40`.
"""

import json
import sys


def cookies(number):
    """The session cookies of so many focal points, each from another Member State."""
    from django.contrib.sessions.backends.db import SessionStore

    from speakers.delegations import access
    from speakers.models import Delegation
    from tests.factories import make_focal_point

    found = []
    for delegation in Delegation.objects.filter(places__category="member_state").distinct()[:number]:
        point = make_focal_point(delegation, f"rush-{delegation.code.lower()}@missions.example")
        session = SessionStore()
        session[access.ADDRESS] = point.normalised_email
        session.save()
        found.append(session.session_key)
    return found


if __name__ == "__main__":
    import django

    django.setup()
    sys.stdout.write(json.dumps(cookies(int(sys.argv[1]))))
