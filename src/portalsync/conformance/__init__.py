"""The contract suite: what any portal is held to, check by check, over HTTP and nothing else."""
