"""What firms write: sentences to choose from, with a blank for what is the firm's own."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

ACCENTS = (
    "#1f4e79",
    "#1f5f5b",
    "#6d1a36",
    "#14213d",
    "#4a3b8f",
    "#7a2e3a",
    "#2f5d8a",
    "#5b3a1f",
    "#0b5d3b",
    "#333333",
)

WELCOMES = (
    ("Schön, dass Sie da sind. {0} begrüßt Sie.", "Good to see you. {0} welcomes you."),
    ("Willkommen bei {0}.", "Welcome to {0}."),
    ("Grüß Gott! Hier sehen Sie, was noch offen ist.", "Welcome! Here you can see what is still open."),
    ("Alles, was gerade ansteht, auf einen Blick.", "Everything that is on at the moment, at a glance."),
)

HOURS = (
    ("Mo bis Do 9 bis 17 Uhr, Fr 9 bis 14 Uhr", "Mon to Thu 9 am to 5 pm, Fri 9 am to 2 pm"),
    ("Mo bis Fr 8 bis 16.30 Uhr", "Mon to Fri 8 am to 4.30 pm"),
    ("nach Vereinbarung, auch am Samstag", "by appointment, on Saturdays too"),
)

ANNOUNCEMENTS: Mapping[str, Sequence[Mapping[str, str]]] = yaml.safe_load(
    (Path(__file__).with_name("templates") / "announcements.yaml").read_text(encoding="utf-8")
)
"""By which of a firm's two they can be: title and body in German and English, with blanks."""

RECEIVED = (("Unterlagen sind da", "Documents are here"), ("Eingegangen", "Received"))
REVIEW = (
    ("Wird gegengelesen", "In review"),
    ("Vier Augen", "Second pair of eyes"),
    ("Wird geprüft", "Being checked"),
)
DELIVERED = (("Eingereicht", "Filed"), ("Beim Finanzamt", "With the tax office"), ("Fertig", "Done"))
SIGN = (
    ("Bitte lesen Sie den Entwurf und geben Sie ihn frei.", "Please read the draft and approve it."),
    ("Mit Ihrer Freigabe reichen wir am selben Tag ein.", "Once you approve it, we file it the same day."),
)

PRACTICES = {
    "medical-practices": ("Arztpraxen", "medical practices"),
    "hospitality": ("Gasthäuser und Hotels", "inns and hotels"),
    "craftsmen": ("Handwerksbetriebe", "craft businesses"),
}
"""Groups by practice: what their evening is about."""
