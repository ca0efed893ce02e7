"""A plan as what people click: its steps, and how they are laid out."""
