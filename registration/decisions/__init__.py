"""What the office decides on representatives, and when its mail is released.  R-47 R-48 R-56"""
