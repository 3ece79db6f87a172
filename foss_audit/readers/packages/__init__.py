# SPDX-License-Identifier: Apache-2.0
"""Package lists, and names written line by line."""
