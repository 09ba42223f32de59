"""The catalogues of `locale/`: brought up to date with the source, checked, and compiled. See `script/messages`."""
