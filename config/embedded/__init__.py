"""What only the embedded mode has: its broker. How the mode is started and supervised is one room up."""
