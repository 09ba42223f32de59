"""How staff sign in: the password and the second factor, limits on guesses, and the end of a session.  R-78

The sign-in of delegations stands in `speakers/delegations/`.
"""
