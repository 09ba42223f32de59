from django.conf import settings

collect_ignore_glob = [] if settings.EMBEDDED else ["test_*.py"]
"""The mailbox exists in the embedded mode alone."""
