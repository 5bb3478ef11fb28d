"""The variables of the process that a command runs in, and the handing over."""

import subprocess
import sys

from helpers.set_up import process
from helpers.set_up.environment import ROOT


def test_the_process_has_fixed_hashing_and_one_thread_unless_told_otherwise():
    found = process.environment({"PYTHONHASHSEED": "5", "OMP_NUM_THREADS": "2"})
    assert found["PYTHONHASHSEED"] == "0"
    assert found["OMP_NUM_THREADS"] == "2"
    assert found["OPENBLAS_NUM_THREADS"] == found["MKL_NUM_THREADS"] == "1"


def test_the_program_handed_over_to_has_variables_and_gives_its_status(tmp_path):
    code = (
        "import sys; from helpers.set_up.process import hand_over\n"
        "sys.exit(hand_over([sys.executable, '-c', 'import os, sys; '"
        "'sys.exit(int(os.environ[\"N\"]))'], {'N': '9'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT)
    assert done.returncode == 9
