"""The local mail sink of the embedded mode: no mail leaves the machine."""
