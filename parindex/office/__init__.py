"""The office wing: workbooks, documents, split and merge. Its doors are Table and Scorecard."""
