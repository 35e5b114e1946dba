"""English words and no colours in every test that does not ask for others."""

import os

os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("FORCE_COLOR", None)
