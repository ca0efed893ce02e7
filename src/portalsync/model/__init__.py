"""Frozen data of each stage; no behaviour but reading and writing themselves."""
