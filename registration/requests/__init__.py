"""An organization's request, from the form to the voucher, and the waiting list.  R-46 to R-51 R-59

Here: filing, confirming, amending, ending, secret links, waiting, vouchers. Not here: what the office decides
(`decisions/`) and what happens at the door (`door/`).
"""
