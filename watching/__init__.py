"""What is counted while the site works, for Prometheus: no name, no address, and few values of each label.

Each process counts into files under `PROMETHEUS_MULTIPROC_DIR`, if the settings name it, and `manage.py export_metrics`
adds them up. Counting costs a microsecond and no statement.
"""

from prometheus_client import Counter, Gauge, Histogram

REQUESTS = Counter("speakers_requests", "Answers to requests, by page and by class of status", ["page", "status"])
REQUEST_SECONDS = Histogram("speakers_request_seconds", "How long a request took", buckets=(0.05, 0.2, 0.5, 1, 3, 10))
INSCRIPTIONS = Counter(
    "speakers_inscriptions", "Inscriptions that were asked for, by what became of them", ["outcome", "cause"]
)
LOCK_SECONDS = Histogram(
    "speakers_lock_wait_seconds", "How long an act waited for its row", buckets=(0.01, 0.1, 1, 3, 9)
)
TASKS = Counter("speakers_tasks", "Tasks that were worked off", ["task", "state"])
MAIL_ATTEMPTS = Counter("speakers_mail_attempts", "Attempts to send a mail, by outcome", ["outcome"])
WEBHOOK_ATTEMPTS = Counter("speakers_webhook_attempts", "Attempts to tell another system, by outcome", ["outcome"])
STREAMS = Gauge("speakers_streams", "Live streams that are open", multiprocess_mode="livesum")
STREAMS_REFUSED = Counter(
    "speakers_streams_refused", "Live streams refused: full, or too many from one network", ["cause"]
)

# A counter that began with its first event would not be seen to grow by it.
FAILURES = ("lock", "database", "other")
for _cause in FAILURES:
    INSCRIPTIONS.labels("failed", _cause)
for _cause in ("full", "network"):
    STREAMS_REFUSED.labels(_cause)
for _outcome in ("sent", "retry", "failed"):
    MAIL_ATTEMPTS.labels(_outcome)
    WEBHOOK_ATTEMPTS.labels(_outcome)
