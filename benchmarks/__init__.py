"""The measured claims. `python -m benchmarks` measures them; nothing here is a test."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
