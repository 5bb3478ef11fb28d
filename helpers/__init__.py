"""The Justice Data Lab kit; README.md beside this file is the map."""
