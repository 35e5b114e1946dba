"""Workbooks for offices: pages whose totals are live, before any program's format."""
