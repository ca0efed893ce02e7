"""How hypothesis looks for counterexamples: the same way each time, unless asked to explore."""

import os

from hypothesis import HealthCheck, Phase, settings

_PHASES = (Phase.explicit, Phase.generate, Phase.shrink)
_SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)

settings.register_profile(
    "laws",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=40,
    phases=_PHASES,
    suppress_health_check=_SLOW,
)
settings.register_profile("explore", settings.get_profile("laws"), derandomize=False, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "laws"))
