"""The desk at the door: scans, verdicts, hand-over, and the signed list for a desk without a network.  R-54 R-55"""
