"""Give the kit the environment it runs in, with the standard library alone.

pins         the exact versions that environment.yml names
lock         what the pins lead to, with hashes; made from environment.yml
steps        each step carried out in sight, and why one failed
process      the variables that a command runs under, and the handing over
installers   uv where it can, else pip
environment  a .venv that meets every pin
"""
