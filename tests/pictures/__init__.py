"""Pictures for the documentation, taken of a throwaway site in the embedded mode: `script/pictures`."""
