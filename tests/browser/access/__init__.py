"""Every page of the site, looked at as people read it: small and large, light and dark, in few colours, in Arabic."""
