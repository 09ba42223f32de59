from django.conf import settings

# The mailbox exists only in the embedded mode.
collect_ignore_glob = [] if settings.EMBEDDED else ["test_*.py"]
