"""Maintenance of the site: what was announced, and the page that stands in for every other one meanwhile.  R-09

Not here: an outage that was not announced, which is `speakers/views/outage.py`.
"""
