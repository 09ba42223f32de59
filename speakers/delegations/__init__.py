"""Who may inscribe: delegations with their dated places, and focal points and how they sign in.  R-11 R-18 R-59

Not here: accounts of staff (`secretariat/`).
"""
