# SPDX-License-Identifier: Apache-2.0
"""What inventory agents and tools write of a computer."""
