"""Give the kit the environment it runs in, with the standard library alone.

environment  the pins of environment.yml, and a .venv that meets them
lock         what the pins lead to, with hashes; made from environment.yml
installers   uv where it can, else pip
steps        each step carried out in sight, and why one failed
process      the variables that a command runs under, and the handing over
"""
