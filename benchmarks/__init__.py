"""The measured claims. `python -m benchmarks` prints them; nothing here is a test."""
