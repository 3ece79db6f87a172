# SPDX-License-Identifier: Apache-2.0
"""Lists of packages, as the managers of Linux, macOS and of languages print them."""
