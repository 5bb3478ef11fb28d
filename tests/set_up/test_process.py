"""The variables of the process that a command runs in, and the handing over."""

import os
import subprocess
import sys

from helpers.files import ROOT
from helpers.set_up import process


def test_the_process_has_fixed_hashing_and_one_thread_unless_told_otherwise():
    found = process.environment({"PYTHONHASHSEED": "5", "OMP_NUM_THREADS": "2"})
    assert found["PYTHONHASHSEED"] == "0"
    assert found["OMP_NUM_THREADS"] == "2"
    assert found["OPENBLAS_NUM_THREADS"] == found["MKL_NUM_THREADS"] == "1"


def test_this_folder_comes_first_where_modules_are_looked_for():
    found = process.environment({"PYTHONPATH": os.pathsep.join(["/a", "", "/b"])})
    assert found["PYTHONPATH"] == os.pathsep.join([str(ROOT), "/a", "/b"])
    # the process that is started finds nothing to change
    assert process.environment(found) == found
    assert process.environment({})["PYTHONPATH"] == str(ROOT)


def test_a_folder_in_another_copy_is_noticed(tmp_path):
    assert process.other_copy(ROOT / "notebooks") is None
    assert process.other_copy(tmp_path) is None
    inner = tmp_path / "copy" / "notebooks"
    inner.mkdir(parents=True)
    (tmp_path / "copy" / "helpers").mkdir()
    (tmp_path / "copy" / "helpers" / "__main__.py").touch()
    assert process.other_copy(inner) == tmp_path / "copy"


def test_the_program_handed_over_to_has_variables_and_gives_its_status(tmp_path):
    code = (
        "import sys; from helpers.set_up.process import hand_over\n"
        "sys.exit(hand_over([sys.executable, '-c', 'import os, sys; '"
        "'sys.exit(int(os.environ[\"N\"]))'], {'N': '9'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT)
    assert done.returncode == 9
