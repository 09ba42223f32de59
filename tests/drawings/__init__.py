"""The drawings of the documentation, made from `docs/drawings/*.dot` by Graphviz: `python -m tests.drawings`."""
