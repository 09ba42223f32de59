"""Tests of loading a meeting, with its list, from a file."""
