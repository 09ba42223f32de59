"""The speaking order: who comes before whom, and why.  R-16 to R-22

Here: the precedence of entries, the policies, and the order rebuilt from the journal. Not here: what moves an entry
(`moves/`), and how an order is frozen (`publishing/`).
"""
