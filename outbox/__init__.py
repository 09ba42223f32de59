"""Mail as rows of the database: posted with the act, then sent.  R-10"""
