# SPDX-License-Identifier: Apache-2.0
"""What people call the classes, bases, models, severities and verdicts; said by the Translator."""

from collections.abc import Mapping

from foss_audit.catalogue import LicenseModel, OrganisationUse
from foss_audit.license_position import TraceOutcome
from foss_audit.messages import Message, message
from foss_audit.model import Basis, Freedom, LicenseOrigin, SkipReason, SoftwareClass
from foss_audit.outcome import AgencyVerdict, Severity

CLASSES: Mapping[SoftwareClass, Message] = {
    SoftwareClass.LEGAL_COMMERCIAL: message("Legal commercial"),
    SoftwareClass.FOSS: message("FOSS"),
    SoftwareClass.UNLICENSED: message("Unlicensed"),
    SoftwareClass.UNDETERMINED: message("To be verified"),
}

CLASS_MEANINGS: Mapping[SoftwareClass, Message] = {
    SoftwareClass.LEGAL_COMMERCIAL: message(
        "Proprietary and lawful here: covered by a licence of the register, free of charge for organisations too, "
        "part of another product, or the government's own application."
    ),
    SoftwareClass.FOSS: message("Free and open source software: its licence lets anyone use, study, change and share it."),
    SoftwareClass.UNLICENSED: message(
        "Needs a licence that the registers do not show, or may not be used in an office at all. "
        "An indication, to be checked against evidence that the agency may still hold."
    ),
    SoftwareClass.UNDETERMINED: message("The evidence does not decide it; a person must."),
}

BASES: Mapping[Basis, Message] = {
    Basis.SPDX_FREE: message("the licence stated in the inventory is a free one"),
    Basis.CATALOGUE_FOSS: message("known as FOSS in the catalogue"),
    Basis.DISTRIBUTION_FOSS: message("a package of a free Linux distribution"),
    Basis.ENTITLED: message("covered by a licence of the register"),
    Basis.OEM: message("covered by a licence tied to the device (OEM)"),
    Basis.FREEWARE: message("free of charge, offices included"),
    Basis.COMPONENT: message("part of another product: driver, runtime, update or language pack"),
    Basis.GOVERNMENT: message("application made by or for the government"),
    Basis.ACTIVATOR: message("illegitimate activation tool (activator, crack or key generator)"),
    Basis.ENTITLEMENT_EXHAUSTED: message("more installed than there are licences"),
    Basis.ENTITLEMENT_EXPIRED: message("the licence has expired"),
    Basis.NOT_COVERED: message("there is a licence, but not for this version, edition, device or agency"),
    Basis.RESTRICTED_USE: message("free for personal or non-commercial use only; an office needs a licence"),
    Basis.NO_ENTITLEMENT: message("no licence for it in the register"),
    Basis.NO_REGISTER: message("no evidence of a licence yet: no register line names this agency"),
    Basis.UNRECOGNISED: message("the product is not known yet"),
    Basis.LICENSE_UNKNOWN: message("the terms of its licence are not known"),
    Basis.EDITION_UNKNOWN: message("its edition is not known, and its editions differ in licence"),
}

MODELS: Mapping[LicenseModel, Message] = {
    LicenseModel.FOSS: message("FOSS"),
    LicenseModel.COMMERCIAL: message("commercial"),
    LicenseModel.SUBSCRIPTION: message("subscription"),
    LicenseModel.TRIALWARE: message("trial version"),
    LicenseModel.FREEWARE: message("freeware"),
    LicenseModel.RESTRICTED_FREEWARE: message("free for personal or non-commercial use only"),
    LicenseModel.COMPONENT: message("component"),
    LicenseModel.GOVERNMENT: message("government application"),
    LicenseModel.ACTIVATOR: message("illegitimate activation tool"),
    LicenseModel.UNKNOWN: message("not known"),
}

FREEDOMS: Mapping[Freedom, Message] = {
    Freedom.FREE: message("free"),
    Freedom.NOT_FREE: message("not free"),
    Freedom.UNDECIDED: message("undecided"),
    Freedom.ABSENT: message("no licence"),
}

LICENSE_ORIGINS: Mapping[LicenseOrigin, Message] = {
    LicenseOrigin.CONCLUDED: message("concluded by whoever made the SBOM"),
    LicenseOrigin.DECLARED: message("declared by the maker or the inventory"),
    LicenseOrigin.CLASSIFIER: message("by the classifiers of the package"),
    LicenseOrigin.EVIDENCE: message("found in its files"),
    LicenseOrigin.CATALOGUE: message("known from the catalogue"),
}

INDICATION = message("sign of a crack, no proof")


def model_word(model: LicenseModel, software_class: SoftwareClass | None) -> Message:
    """What a license model is called; what only looks like a crack and is to be verified is not called one."""
    if model is LicenseModel.ACTIVATOR and software_class is SoftwareClass.UNDETERMINED:
        return INDICATION
    return MODELS[model]


USES: Mapping[OrganisationUse, Message] = {
    OrganisationUse.YES: message("yes"),
    OrganisationUse.NO: message("no"),
    OrganisationUse.VERIFY: message("its terms must be read"),
}

SEVERITIES: Mapping[Severity, Message] = {
    Severity.LOW: message("Low"),
    Severity.MEDIUM: message("Medium"),
    Severity.HIGH: message("High"),
    Severity.VERY_HIGH: message("Very high"),
}

VERDICTS: Mapping[AgencyVerdict, Message] = {
    AgencyVerdict.COMPLIANT: message("Compliant"),
    AgencyVerdict.NON_COMPLIANT: message("Not compliant"),
    AgencyVerdict.UNDETERMINED: message("Needs verification"),
}

NOT_SUBMITTED = message("Nothing handed in")

WORKING_PAPER = message(
    "Audit working paper, not an audit report. It states indications; whether a law was broken is for the legal office to say."
)

NO_REGISTER = message(
    "No line of any licence register names this agency. What needs a licence therefore lacks evidence of one; "
    "ask for the register before you conclude."
)

SKIP_REASONS: Mapping[SkipReason, Message] = {
    SkipReason.BLANK: message("empty or nameless line"),
    SkipReason.NOT_INSTALLED: message("not installed any more"),
    SkipReason.DESCRIBES_DEVICE: message("describes the device, not software on it"),
    SkipReason.HEADING: message("heading"),
    SkipReason.TOTAL: message("total"),
    SkipReason.SIGNATURE: message("signature"),
    SkipReason.COLUMN_NUMBERS: message("column numbers"),
}

TRACE_OUTCOMES: Mapping[TraceOutcome, Message] = {
    TraceOutcome.CONSUMED: message("used"),
    TraceOutcome.OPEN: message("to be checked"),
    TraceOutcome.REJECTED: message("does not cover"),
    TraceOutcome.NOT_NEEDED: message("not needed"),
}

METRICS: Mapping[str, Message] = {
    "device": message("per device"),
    "user": message("per user"),
    "concurrent": message("concurrent users"),
    "site": message("whole agency"),
    "core": message("per core"),
    "oem": message("with the hardware (OEM)"),
    "cal": message("access licence (CAL)"),
    "academic": message("for teaching and research"),
    "evaluation": message("for evaluation"),
}
"""What a licence counts; a metric that is not listed is shown as the register has it."""
