"""The desk at the door: scans, verdicts, hand-over, and the signed list for a desk that is offline.  R-54 R-55"""
