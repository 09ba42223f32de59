"""Which language a reader is shown and written to: the choice on the site, and what is remembered of it by address."""
