"""The way to a service on the network: through which proxy, whom it believes, what may be wrong with it."""
