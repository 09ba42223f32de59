from django.conf import settings

# The mailbox exists in the embedded mode alone.
collect_ignore_glob = [] if settings.EMBEDDED else ["test_*.py"]
