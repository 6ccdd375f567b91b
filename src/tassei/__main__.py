"""`python -m tassei`."""

from tassei.cli.main import run

if __name__ == "__main__":
    run()
