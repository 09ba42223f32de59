"""What the office decides on representatives, and the release of its mails.  R-47 R-48 R-56"""
