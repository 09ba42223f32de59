"""What every act of every app needs: refusing in words, locking the row that it counts on, asking first.  R-03 R-68

Not here: what an app's own acts read as in a sentence (`act_words.py` of each app), or the pages they are done from.
"""
