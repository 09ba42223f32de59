"""What the moderator reads aloud, in order, with the forms of address."""
