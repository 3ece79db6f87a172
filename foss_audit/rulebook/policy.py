# SPDX-License-Identifier: Apache-2.0
"""Policy rules and criteria: what makes a finding, how grave it is, what it cites and how to fix it."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from foss_audit.outcome import Severity

Subject = Literal["installations", "device", "agency", "input", "register", "activation", "region"]
Test = str | int | bool | list[str] | dict[Literal["at_least", "at_most"], float]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Texts(_Part):
    """A text in every language; a new language is one field here and one catalogue."""

    en: str = Field(min_length=1)
    id: str = Field(min_length=1)


class Example(_Part):
    """A fact and whether the rule fires on it; the tests run them all."""

    fires: bool
    given: dict[str, Any]


class PolicyRule(_Part):
    """rules/policy/*.toml"""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9\-]*$")]
    subject: Subject
    severity: Severity
    code: str = ""
    criteria: tuple[str, ...] = Field(min_length=1)
    when: dict[str, Test] = Field(min_length=1)
    title: Texts
    """What the rule finds, in a few words that hold of all its findings."""
    message: Texts
    how_to_fix: Texts
    examples: tuple[Example, ...] = Field(min_length=2)

    @field_validator("title")
    @classmethod
    def _title_without_fields(cls, title: Texts) -> Texts:
        if "{" in title.en + title.id:
            raise ValueError("stands over all findings of the rule, so no {field} can be filled in")
        return title

    @model_validator(mode="after")
    def _examples_of_both_kinds(self) -> "PolicyRule":
        if {example.fires for example in self.examples} != {True, False}:
            raise ValueError("examples must hold at least one that fires and one that does not")
        return self

    def fires(self, fact: Mapping[str, object]) -> bool:
        """Whether every condition of `when` holds for a fact."""
        return all(_holds(test, fact.get(name)) for name, test in self.when.items())


class CriterionText(_Part):
    """An entry of rules/criteria.toml."""

    text: Texts
    grade: Literal["A", "B", "C"]
    kind: Literal["agreement", "regulation", "circular", "terms"]
    checked: str
    source: str


class CriteriaFile(_Part):
    """rules/criteria.toml"""

    criteria: dict[str, CriterionText]


def _holds(test: Test, value: object) -> bool:
    if isinstance(test, dict):
        if not isinstance(value, int | float):
            return False
        return value >= test.get("at_least", value) and value <= test.get("at_most", value)
    if isinstance(test, list):
        return str(value) in test
    return value == test
