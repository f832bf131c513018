import subprocess
import sys
from pathlib import Path


def test_imports_point_the_way_the_data_flows():
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint], cwd=Path(__file__).parents[1], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
