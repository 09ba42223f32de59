"""What happened: who spoke, when and for how long, as page, paper, files and figures.

Not here: the texts of statements (`statements/`).
"""
