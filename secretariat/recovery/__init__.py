"""What becomes of the site after a restore from a backup, from the mark that shows it to the lead who lets it go.  R-76

Whether the restored record is whole is asked in `integrity`; how mail is kept back, and numbers are skipped, is told in
`outbox/delivery/keeping_back.py` and `speakers/numbering.py`.
"""
