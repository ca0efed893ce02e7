"""The reference portal: the API of the contract, the pages that clients open, and the store below."""
