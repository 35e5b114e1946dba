"""Parts of several offices merged into one scorecard, and a scorecard split by office."""
