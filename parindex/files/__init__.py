"""Files as commands read them: scorecards of every kind, stored results, baselines, cases, scenarios."""
