"""PostgreSQL as Django connects to it, with a check of kept connections that costs no statement."""
