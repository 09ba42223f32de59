"""The web of the list of speakers: public pages, sign-in, inscription, receipt."""
