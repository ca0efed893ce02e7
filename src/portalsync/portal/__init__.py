"""What a client sees: values in force -> blocks with reasons -> pages."""
