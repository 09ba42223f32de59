"""A list, live or frozen, as files. Each module writes one kind; `reading_back.py` reads them back.  R-30

Every file holds public rows alone (R-29), except what staff export with contacts, in `with_contacts.py`.
"""
