"""`python -m idmcli` is `idm`."""

from idmcli.cli import main

if __name__ == "__main__":
    main()
