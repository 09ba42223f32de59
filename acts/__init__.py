"""What every act of every app needs: refusing in words, and locking the row that it counts on.  R-03

Not here: what an app's own acts read as in a sentence (`act_words.py` of each app), or the pages they are done from.
"""
