"""What happened: who spoke, when and for how long, as a page, on paper, as files and in figures.

Not here: the texts of statements (`statements/`).
"""
