# SPDX-License-Identifier: Apache-2.0
"""`python -m foss_audit`."""

from foss_audit.cli import main

if __name__ == "__main__":
    main()
