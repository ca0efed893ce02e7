"""Desired and live -> a plan. Pure: no clock, no network, no files."""
