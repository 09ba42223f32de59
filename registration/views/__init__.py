"""Pages of civil society: find, ask a rule, answer."""
