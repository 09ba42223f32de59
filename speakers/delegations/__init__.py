"""Who may inscribe: delegations with their dated places, their focal points, and how those sign in.  R-11 R-18 R-59

Not here: accounts of staff (`secretariat/`).
"""
