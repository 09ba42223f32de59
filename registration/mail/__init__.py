"""Mails to civil society, and the words of the voucher that page, paper and mail share.  R-47 R-51"""
