"""What operators ask: whether a process answers, how requests are numbered, what Prometheus and Sentry are told."""
