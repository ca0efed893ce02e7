"""The network at a glance as one HTML file, for whoever looks at it each morning."""
