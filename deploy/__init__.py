"""What an organization runs the site with: see `deploy/README.md`. The site itself imports nothing from here."""
