"""English words and no colours in every test that does not ask for others; laws without a clock."""

import gc
import os

from hypothesis import HealthCheck, settings

os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("FORCE_COLOR", None)

# A busy machine says nothing about the code, so no example has a time limit. What must
# pass before a change lands tries the same examples each time; elsewhere they are new ones.
settings.register_profile(
    "parindex",
    deadline=None,
    derandomize="CI" in os.environ,
    max_examples=int(os.environ.get("PARINDEX_EXAMPLES", "10")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("parindex")

# Garbage is looked for less often: what thousands of collected tests are made of is looked
# through each time.
gc.set_threshold(50_000, 20, 20)
