# SPDX-License-Identifier: Apache-2.0
"""What Windows and its tools print and export."""
