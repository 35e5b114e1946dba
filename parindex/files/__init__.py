"""Files that commands take beside scorecards: stored results, baselines, cases, scenarios."""
