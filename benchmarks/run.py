"""Every benchmark, one after the other: `make bench`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

for script in ("startup.py", "reading.py", "quantities.py", "routing.py", "dashboard.py"):
    file = Path(__file__).with_name(script)
    print(f"\n== {script}", flush=True)
    subprocess.run([sys.executable, str(file)], check=True)
