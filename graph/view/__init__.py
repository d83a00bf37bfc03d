"""Answers become pictures and files."""
