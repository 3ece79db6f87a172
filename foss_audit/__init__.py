# SPDX-License-Identifier: Apache-2.0
"""foss-audit: which software of a region's agencies is legal commercial, FOSS or unlicensed, with the evidence."""

__version__ = "0.1.0"
