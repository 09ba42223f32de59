"""What only the embedded mode has: its state and its broker. How the mode is started and supervised is one room up."""
