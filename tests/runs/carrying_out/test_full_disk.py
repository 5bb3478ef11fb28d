"""A disk that is really full, while a finished run stands there: what becomes of it."""

import os
import shutil
import subprocess

import pytest
import yaml
from support import in_process, ready_cohort

#: kilobytes that an attempt finds free: it ends in a stage, then in its report
STAGE, REPORT = 300, 3_000


@pytest.fixture
def small_disk(tmp_path):
    """A file system in memory; gives its folder, and what sets its size in KB."""
    place = tmp_path / "disk"
    place.mkdir()

    def mount(options, *more):
        command = ["mount", "-t", "tmpfs", "-o", options, *more, str(place)]
        return subprocess.run(command, capture_output=True).returncode == 0

    if not shutil.which("mount") or not mount("size=64m", "tmpfs"):
        pytest.skip("only an account that may mount a file system can fill one")
    yield place, lambda kilobytes: mount(f"remount,size={kilobytes}k", "tmpfs")
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.slow
def test_a_full_disk_ends_a_run_in_a_line_and_the_next_goes_on(
    small_disk, driver, tmp_path, contents
):
    outputs, resize = small_disk
    raw = ready_cohort.written(tmp_path)
    path = in_process.write(raw, tmp_path)
    in_process.run(path, outputs, whole=False)
    path.write_text(yaml.safe_dump({"request": raw | {"seed": 2}}))
    good = contents(outputs / "small")
    taken = os.statvfs(outputs)
    used = (taken.f_blocks - taken.f_bfree) * taken.f_frsize // 1024
    for free in (STAGE, REPORT):
        assert resize(used + free)
        ends = driver(path, outputs, "--overwrite")
        said, problems = ends.communicate(timeout=300)
        assert (ends.returncode, said) == (1, "")
        line = problems.splitlines()[-1]
        full = f": no file could be written any more: the disk of {outputs}, or your "
        assert line.startswith("small: ") and full in line
        assert "Traceback" not in problems
        assert contents(outputs / "small") == good
    assert resize(64 * 1024)
    ends = driver(path, outputs, "--overwrite")
    said, problems = ends.communicate(timeout=300)
    assert ends.returncode == 0, problems
    assert "intake: taken over" in problems
    assert not (outputs / ".small.part").exists()
