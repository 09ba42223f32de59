"""The append-only, hash-chained record of every act.  R-58"""
