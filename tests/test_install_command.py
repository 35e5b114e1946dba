"""What is told to install an extra is right wherever parindex comes from."""

import json
import sysconfig
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from parindex.findings.wing import install_command, missing

HERE: dict[str, tuple[Any, str]] = {
    "index": (None, 'pip install "parindex[scale]"'),
    "checkout": ({"url": "file:///home/an/par%20index", "dir_info": {}}, 'pip install "/home/an/par index[scale]"'),
    "editable": ({"url": "file:///home/an/p", "dir_info": {"editable": True}}, 'pip install -e "/home/an/p[scale]"'),
    "wheel": ({"url": "file:///tmp/p.whl", "archive_info": {}}, 'pip install "parindex[scale] @ file:///tmp/p.whl"'),
    "git": (
        {"url": "https://forge.example/p.git", "vcs_info": {"vcs": "git"}},
        'pip install "parindex[scale] @ git+https://forge.example/p.git"',
    ),
}  # fmt: skip


class Installed:
    """A distribution that knows where it came from and where it is."""

    def __init__(self, origin: Any, folder: str = sysconfig.get_path("purelib")) -> None:
        self.origin = origin
        self.folder = folder

    def read_text(self, name: str) -> str | None:
        """What pip wrote of its origin."""
        assert name == "direct_url.json"
        return None if self.origin is None else json.dumps(self.origin)

    def locate_file(self, path: str) -> Path:
        """Where a file of it is."""
        return Path(self.folder, path)


class TestCommand:
    """It names the index only where parindex came from there, else the same place once more."""

    @pytest.mark.parametrize("name", HERE)
    def test_each(self, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        origin, command = HERE[name]
        monkeypatch.setattr(metadata, "distribution", lambda _: Installed(origin))
        assert install_command("scale") == command
        assert missing("polars", "scale").findings[0].parameters["expected"] == command

    def test_not_installed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def nowhere(_: str) -> None:
            raise metadata.PackageNotFoundError

        monkeypatch.setattr(metadata, "distribution", nowhere)
        assert install_command("office") == 'pip install ".[office]"'

    def test_own_folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        origin = {"url": "file:///home/an/p", "dir_info": {}}
        monkeypatch.setattr(metadata, "distribution", lambda _: Installed(origin, str(tmp_path)))
        folder = tmp_path.resolve()
        told = f'pip install --upgrade --target "{folder}" "/home/an/p[office]"'
        assert install_command("office") == told
