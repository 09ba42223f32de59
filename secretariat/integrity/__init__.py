"""Is all whole: what `manage.py verify` asks of chains, payloads, lists, scans and kept files. It changes nothing.

What one list says of itself is in `speakers/integrity`, how its own triggers are made in each app's `protection`.  R-77
"""
