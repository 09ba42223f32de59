"""The proceedings as a document that other systems read: who spoke, in which order, with the texts that are public.

Not here: the record for officers, and the files for editors of the recording (`record/`).
"""
