"""No rubbish makes a 500: every address of the site, everything it takes, every kind of visitor.

`payloads` holds what is sent, `addresses` finds where it can be sent, `meetings` makes what the addresses show, and
`visitors` those who send. Small in the suite; `script/faults` runs it in full size, on both databases.
"""
