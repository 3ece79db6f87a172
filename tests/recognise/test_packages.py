# SPDX-License-Identifier: Apache-2.0
"""Packages of Linux systems: a vendor's is never free by its origin, and a distribution's own is never taken for a vendor's."""

from collections.abc import Callable

import pytest

from foss_audit.audit import license_reader
from foss_audit.catalogue import LicenseModel, Product
from foss_audit.classify import classify
from foss_audit.model import Basis, SoftwareClass, Title, Verdict
from foss_audit.recognise import Recogniser, registered
from foss_audit.rulebook import Rulebook, load_rulebook

Judge = Callable[[Title], Verdict]


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook()


@pytest.fixture(scope="module")
def recogniser(rulebook: Rulebook) -> Recogniser:
    words = rulebook.vocabulary.words
    return Recogniser(rulebook.products, words["noise"], words["package-suffix"])


@pytest.fixture(scope="module")
def judge(rulebook: Rulebook, recogniser: Recogniser) -> Judge:
    licenses = license_reader(rulebook)
    return lambda title: classify(title, recogniser.recognise(title), licenses.read(title.license))


_VENDORS = """
    google-chrome-stable google-chrome-beta microsoft-edge-stable opera-stable vivaldi-stable code code-insiders teams
    zoom slack-desktop discord skypeforlinux viber spotify-client dropbox nautilus-dropbox megasync wps-office
    masterpdfeditor5 sublime-text typora obsidian steam-installer mssql-server oracle-database-xe-21c
    oracle-database-ee-19c oracle-java8-installer google-earth-pro-stable plexmediaserver splunk splunkforwarder
    elasticsearch kibana mongodb-org mongodb-org-server mongodb-enterprise-server confluent-platform docker-desktop
    teamviewer anydesk realvnc-vnc-server forticlient anyconnect mdatp eea kesl falcon-sensor plesk-core cpanel
    vmware-workstation virtualbox-ext-pack rar unrar p7zip-rar ttf-mscorefonts-installer acroread
    flashplugin-installer matlab mathematica draftsight davinci-resolve
"""

_COMPONENTS = """
    nvidia-driver-535 nvidia-dkms-535 libnvidia-compute-535 xserver-xorg-video-nvidia-535
    linux-modules-nvidia-535-generic bcmwl-kernel-source firmware-linux-nonfree firmware-misc-nonfree firmware-iwlwifi
    firmware-realtek linux-firmware intel-microcode amd64-microcode fglrx-driver amdgpu-pro hplip-plugin cnijfilter2
    epson-inkjet-printer-escpr2 brscan4 dcpt500wlpr msodbcsql18 mssql-tools18
"""

_FREE = """
    bash libc6 coreutils dash tzdata python3 python3.11 python3-docker openjdk-17-jre openjdk-17-jre-headless
    firefox-esr firefox-esr-l10n-id libreoffice-core libreoffice-writer libreoffice-l10n-id chromium chromium-l10n
    code-oss vim nano nginx apache2 mariadb-server mysql-server-8.0 postgresql-15 php8.2 php8.2-cli git ffmpeg vlc
    gimp inkscape wine wine64 steam-devices steam-libs thunderbird evolution samba cups hplip printer-driver-escpr
    openssh-server openssl curl docker.io containerd redis-server mongodb mongodb-server virtualbox-guest-utils
    open-vm-tools slack zoom-player box2d access-check word-list excel publisher office opera-mail edge
    chrome-gnome-shell unrar-free unace lhasa p7zip p7zip-full firmware-linux-free iucode-tool nvidia-settings
    nvidia-prime libnvidia-egl-wayland1 fonts-liberation fonts-urw-base35 globalprotect-openconnect dropbear splix
    aircrack-ng fcrackzip hydra john cracklib-runtime libcrack2 keepassxc remmina codium telegram-desktop
    elasticsearch-curator linux-image-6.1.0-18-amd64 linux-libc-dev mesa-vulkan-drivers xserver-xorg-video-vmware
    clamav audacity krita qpdf xpdf okular zim eagle-eye perl ruby nodejs podman systemd gcc cmake mysql-server box
    access
"""


@pytest.mark.parametrize("distribution", ["deb/debian", "deb/ubuntu"])
@pytest.mark.parametrize("name", _VENDORS.split())
def test_a_vendor_s_package_is_not_free(judge: Judge, name: str, distribution: str) -> None:
    verdict = judge(Title(name, origin=distribution))
    assert verdict.software_class is not SoftwareClass.FOSS
    assert verdict.product is not None


@pytest.mark.parametrize(
    "name", ["google-chrome-stable", "code", "slack", "microsoft-edge-stable", "teamviewer", "zoom", "splunk", "jdk-17"]
)
def test_nor_is_a_vendor_s_rpm(judge: Judge, name: str) -> None:
    assert judge(Title(name, origin="rpm/fedora")).software_class is not SoftwareClass.FOSS


@pytest.mark.parametrize("name", _COMPONENTS.split())
def test_drivers_and_firmware_are_components(judge: Judge, name: str) -> None:
    assert judge(Title(name, origin="deb/ubuntu")).basis is Basis.COMPONENT


@pytest.mark.parametrize(
    ("distribution", "publisher"),
    [("deb/debian", ""), ("deb/debian", "Debian QA Group"), ("deb/ubuntu", "Ubuntu Developers"), ("deb/ubuntu", "Canonical Ltd")],
)
@pytest.mark.parametrize("name", _FREE.split())
def test_a_package_of_debian_s_own_stays_free(judge: Judge, name: str, distribution: str, publisher: str) -> None:
    assert judge(Title(name, publisher=publisher, origin=distribution)).basis is Basis.DISTRIBUTION_FOSS


@pytest.mark.parametrize(
    "name", ["bash", "glibc", "kernel-core", "dnf", "firefox", "java-17-openjdk", "libreoffice-core", "httpd", "systemd"]
)
@pytest.mark.parametrize(
    ("distribution", "publisher"),
    [
        ("rpm/fedora", "Fedora Project"),
        ("rpm/centos", "CentOS"),
        ("rpm/redhat", "Red Hat, Inc."),
        ("rpm/almalinux", "AlmaLinux"),
        ("rpm/rocky", "Rocky Enterprise Software Foundation"),
        ("rpm/ol", "Oracle America"),
        ("rpm/opensuse", "openSUSE"),
        ("rpm/sles", "SUSE LLC"),
        ("rpm/amzn", "Amazon Linux"),
        ("rpm/photon", "VMware, Inc."),
        ("rpm/cloudlinux", "CloudLinux"),
        ("rpm/mageia", "Mageia.Org"),
    ],
)
def test_makers_of_distributions_are_no_vendors_of_proprietary_packages(
    judge: Judge, name: str, distribution: str, publisher: str
) -> None:
    assert judge(Title(name, publisher=publisher, origin=distribution)).software_class is SoftwareClass.FOSS


@pytest.mark.parametrize("name", ["musl", "busybox", "apk-tools", "alpine-baselayout", "openssl", "zlib", "nginx", "php82"])
def test_alpine_s_packages_stay_free(judge: Judge, name: str) -> None:
    assert judge(Title(name, publisher="Natanael Copa", origin="apk/alpine")).basis is Basis.DISTRIBUTION_FOSS


def test_arch_s_package_named_code_is_the_free_one(judge: Judge) -> None:
    assert judge(Title("code", origin="alpm/arch")).basis is Basis.DISTRIBUTION_FOSS
    assert judge(Title("visual-studio-code-bin", origin="alpm/arch")).basis is Basis.FREEWARE


def test_a_declared_free_licence_is_the_better_reason(judge: Judge) -> None:
    assert judge(Title("bash", license="GPL-3.0-or-later", origin="deb/debian")).basis is Basis.SPDX_FREE


@pytest.mark.parametrize(
    ("name", "version", "free"),
    [
        ("redis-server", "5:7.0.15-1~deb12u1", True),
        ("redis-server", "6:7.4.2-1rl1~bookworm1", False),
        ("redis-server", "6:8.0.1-1", True),
        ("elasticsearch", "1.7.6+dfsg-1", True),
        ("elasticsearch", "6.2.4", True),
        ("elasticsearch", "6.3.0", False),
        ("elasticsearch", "8.11.1", False),
        ("mongodb-org-server", "3.6.23", True),
        ("mongodb-org-server", "4.0.3", True),
        ("mongodb-org-server", "7.0.4", False),
        ("terraform", "1.5.7-1", True),
        ("terraform", "1.10.2-1", False),
        ("vagrant", "2.3.4+dfsg-1", True),
        ("vagrant", "2.4.1-1", False),
    ],
)
def test_where_the_version_decides(judge: Judge, name: str, version: str, free: bool) -> None:
    assert (judge(Title(name, version, origin="deb/debian")).software_class is SoftwareClass.FOSS) is free


def test_what_a_vendor_packed_itself_is_not_free_by_its_origin(judge: Judge) -> None:
    verdict = judge(Title("contoso-connector", publisher="Microsoft Corporation", origin="deb/ubuntu"))
    assert (verdict.software_class, verdict.basis) == (SoftwareClass.UNDETERMINED, Basis.LICENSE_UNKNOWN)
    free = judge(Title("contoso-connector", publisher="Microsoft Corporation", license="MIT", origin="deb/ubuntu"))
    assert free.basis is Basis.SPDX_FREE


@pytest.mark.parametrize("name", ["dotnet-sdk-8.0", "powershell"])
def test_vendors_make_free_packages_too(judge: Judge, name: str) -> None:
    verdict = judge(Title(name, publisher="Microsoft Corporation", origin="deb/ubuntu"))
    assert verdict.software_class is SoftwareClass.FOSS


def test_a_package_is_the_product_whose_entitlements_count(recogniser: Recogniser) -> None:
    package = recogniser.recognise(Title("google-chrome-stable", origin="deb/ubuntu"))
    windows = recogniser.recognise(Title("Google Chrome", publisher="Google LLC"))
    assert package.product == windows.product
    assert package.rule == "package-google-chrome: google-chrome"


def test_a_register_can_name_what_only_packages_know(recogniser: Recogniser) -> None:
    bought, found = recogniser.recognise(Title("Splunk Enterprise")), recogniser.recognise(Title("splunk", origin="rpm/rhel"))
    assert bought.product is not None
    assert bought.product == found.product


def test_package_names_mean_nothing_for_titles_that_are_no_packages(recogniser: Recogniser) -> None:
    for title in (Title("code"), Title("efs"), Title("psa"), Title("parsec-something"), Title("code", origin="npm")):
        product = recogniser.recognise(title).product
        assert product is None or not product.origins


def test_a_library_s_name_is_no_product(recogniser: Recogniser) -> None:
    assert recogniser.recognise(Title("opera", origin="npm")).product is None


def test_lines_for_packages_have_the_model_of_their_product(rulebook: Rulebook) -> None:
    models: dict[str, set[LicenseModel]] = {}
    for product in rulebook.products:
        if not product.origins and not product.family:
            models.setdefault(product.name, set()).add(product.license_model)
    wrong = [
        line.id
        for line in rulebook.products
        if line.origins and line.license_model not in models.get(line.name, {line.license_model})
    ]
    assert wrong == []


class TestOfWhatIsAskedForPackages:
    """The mechanism, with products of its own."""

    editor = Product("editor", "Acme Editor", "Acme", LicenseModel.COMMERCIAL, names=("acme editor",), publishers=("acme*",))
    viewer = Product("viewer", "Acme Viewer", "Acme", LicenseModel.FOSS, "MIT", names=("acme viewer",))
    crack = Product("crack", "Acme crack", "", LicenseModel.ACTIVATOR, names=("acme crack",))
    package = Product("package-editor", "Acme Editor", "Acme", LicenseModel.COMMERCIAL, names=("acme-ed",), origins=("deb",))
    free_package = Product("package-free", "Acme Libs", "Acme", LicenseModel.FOSS, "MIT", names=("acme-libs",), origins=("deb",))

    def found(self, name: str, publisher: str = "", origin: str = "deb/debian") -> str:
        products = (self.editor, self.viewer, self.crack, self.package, self.free_package)
        recogniser = Recogniser(products, (), ("stable", "bin"))
        return recogniser.recognise(Title(name, "", publisher, origin=origin)).rule.partition(":")[0]

    def test_hyphens_are_blanks_where_the_publisher_agrees(self) -> None:
        assert self.found("acme-editor-stable", "Acme GmbH") == "editor"
        assert self.found("acme-editor", "") == ""
        assert self.found("acme-editor", "Debian Acme Team") == ""

    def test_but_never_for_foss(self) -> None:
        assert self.found("acme-viewer", "Acme") == ""
        assert self.found("acme-libs") == "package-free"
        assert self.found("acme-libs-stable") == ""

    def test_activators_are_always_asked(self) -> None:
        assert self.found("acme-crack") == "crack"

    def test_suffixes_fall_off_and_other_package_types_are_not_meant(self) -> None:
        assert self.found("acme-ed-stable") == "package-editor"
        assert self.found("acme-ed-stable-bin") == "package-editor"
        assert self.found("acme-ed", origin="rpm/fedora") == ""
        assert self.found("acme-ed", origin="") == ""

    def test_snaps_are_looked_up_as_ordinary_titles_too(self) -> None:
        assert self.found("acme editor", origin="snap") == "editor"
        assert self.found("acme viewer", origin="snap") == "viewer"

    def test_what_only_a_register_knows_is_found_by_its_very_name(self) -> None:
        bought = Recogniser((), (), ("stable",)).with_products([registered.registered_product("acme-erp", "Lisensi acme-erp")])
        assert bought.recognise(Title("acme-erp", origin="deb/debian")).product is not None
        assert bought.recognise(Title("acme-erp-stable", origin="deb/debian")).product is None


def test_what_the_distribution_keeps_among_the_non_free_is_not_free_by_its_origin(judge: Judge) -> None:
    verdict = judge(Title("frobnicator", "1.0", origin="deb/debian/non-free"))
    assert (verdict.software_class, verdict.basis) == (SoftwareClass.UNDETERMINED, Basis.LICENSE_UNKNOWN)
    assert judge(Title("frobnicator", "1.0", origin="deb/debian")).basis is Basis.DISTRIBUTION_FOSS
    assert judge(Title("frobnicator", "1.0", license="MIT", origin="deb/debian/non-free")).basis is Basis.SPDX_FREE
    firmware = judge(Title("firmware-iwlwifi", "1.0", origin="deb/debian/non-free-firmware"))
    assert firmware.basis is Basis.COMPONENT
