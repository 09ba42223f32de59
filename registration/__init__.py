"""Civil society: requests for tickets, decisions, vouchers, the door."""
