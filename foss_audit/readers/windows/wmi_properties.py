# SPDX-License-Identifier: Apache-2.0
"""Names of properties of WMI's classes, in lower case: by them the objects that wmic prints are told apart. Pure."""

OF_SOFTWARE = frozenset(
    {
        "assignmenttype", "caption", "description", "helplink", "helptelephone", "identifyingnumber", "installdate",
        "installdate2", "installlocation", "installsource", "installstate", "language", "localpackage", "name", "packagecache",
        "packagecode", "packagename", "productid", "regcompany", "regowner", "skunumber", "transforms", "urlinfoabout",
        "urlupdateinfo", "vendor", "version", "wordcount", "node", "csname", "hotfixid", "fixcomments", "installedby",
        "installedon", "servicepackineffect", "status", "buildnumber", "osarchitecture", "manufacturer", "serialnumber",
    }
)  # fmt: skip
"""Of the classes Win32_Product, Win32_QuickFixEngineering and Win32_OperatingSystem."""
OF_PRODUCTS_ALONE = frozenset({"vendor", "identifyingnumber", "caption"})
"""Other tools have headings of Name and Version, but none of these."""
STATES = frozenset({"status", "installstate", "description"})
"""Properties of products that objects of other kinds have too."""
OF_OTHER_CLASSES = frozenset(
    {
        "adapterram", "architecture", "capacity", "command", "currentclockspeed", "default", "deviceid", "deviceinterface",
        "displayname", "domain", "drivername", "driverversion", "filesystem", "freespace", "interfacetype", "ipaddress",
        "location", "macaddress", "maxclockspeed", "mediatype", "memorytype", "model", "numberofcores",
        "numberoflogicalprocessors", "partnumber", "pathname", "pnpdeviceid", "portname", "processid", "processorid",
        "releasedate", "sid", "size", "smbiosbiosversion", "speed", "startmode", "state", "systemtype", "totalphysicalmemory",
        "user", "username", "uuid", "videoprocessor", "volumename", "volumeserialnumber", "biosversion", "chassistypes",
        "instanceguid", "pathtosignedproductexe", "pathtosignedreportingexe", "productstate", "timestamp",
    }
)  # fmt: skip
"""Properties of devices, disks, accounts, services, processes and the like, which people list along with software."""
OF_ANTIVIRUS = frozenset({"instanceguid", "pathtosignedproductexe", "productstate"})
"""Of AntiVirusProduct, whose displayName is of software."""
KNOWN = OF_SOFTWARE | OF_OTHER_CLASSES
