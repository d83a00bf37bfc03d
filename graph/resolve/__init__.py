"""Mentions become Entities."""
