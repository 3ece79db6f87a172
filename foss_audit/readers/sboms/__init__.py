# SPDX-License-Identifier: Apache-2.0
"""Software bills of materials (SBOM)."""
