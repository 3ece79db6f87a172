# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501  (lines of other people's files)
"""Small files that lie beside inventories and are none: letters, settings, sources, logs, tables of other things."""

import io
from collections.abc import Mapping, Sequence

import openpyxl


def _workbook(*rows: Sequence[object]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


TEXTS: Mapping[str, str] = {
    # Letters and notes in Indonesian
    "surat pengantar.txt": """PEMERINTAH KABUPATEN CONTOH
DINAS PERIKANAN
Jalan Pantai Nomor 5, Telepon (0361) 000111

Nomor    : 045.2/118/DISKAN
Lampiran : 1 (satu) berkas
Hal      : Inventaris perangkat lunak

Yth. Inspektur Daerah
di Tempat

Menindaklanjuti surat Saudara mengenai pendataan perangkat lunak, bersama ini kami sampaikan
daftar perangkat lunak yang terpasang pada komputer dinas kami sebagaimana terlampir.
Sebagian besar komputer menggunakan Microsoft Windows dan LibreOffice.

Demikian kami sampaikan, atas perhatiannya diucapkan terima kasih.

Kepala Dinas,

I Wayan Contoh
NIP 19700101 199503 1 001
""",
    "notulen rapat.txt": """NOTULEN RAPAT
Hari/Tanggal : Senin, 2 November 2026
Tempat : Ruang Rapat Lantai 2
Acara : Pembahasan penggunaan perangkat lunak legal

1. Rapat dibuka oleh Sekretaris Dinas pada pukul 09.00 WITA.
2. Kepala Bidang menyampaikan bahwa lisensi Microsoft Office akan berakhir.
3. Peserta sepakat menggunakan LibreOffice untuk komputer pelayanan.
4. Rapat ditutup pukul 11.30 WITA.
""",
    "disposisi": "Kepada Kabid TIK\nMohon ditindaklanjuti pendataan aplikasi di setiap ruangan.\nTerima kasih\n",
    "nota dinas.log": "NOTA DINAS\nKepada Yth. Kepala Dinas\nDari Sekretaris\nPerihal permohonan antivirus\n\nMohon persetujuan.\n",
    "daftar hadir.txt": """Daftar Hadir Sosialisasi Perangkat Lunak Legal
1. Ni Made Sari
2. I Ketut Arta
3. Putu Dewi
4. Komang Jaya
5. Gede Putra
""",
    "petunjuk instalasi.txt": """Cara memasang LibreOffice
1. Unduh LibreOffice dari situs resmi.
2. Klik dua kali berkas pemasang.
3. Pilih bahasa Indonesia lalu tekan Lanjut.
4. Tunggu sampai selesai.
5. Buka LibreOffice dari menu Start.
""",
    "belanja.txt": "beras 5 kg\nminyak goreng 2 liter\ngula 1 kg\nkopi 250 gram\ntisu 3 bungkus\n",
    "jadwal piket.txt": "Senin : Wayan\nSelasa : Made\nRabu : Nyoman\nKamis : Ketut\nJumat : Putu\n",
    "kontak.txt": "Wayan 0812-0000-1111\nMade 0813-0000-2222\nNyoman 0857-0000-3333\nKetut 0878-0000-4444\n",
    "hari ini.txt": "rapat jam 9\nkirim laporan\ntelepon vendor\n",
    "spesifikasi.txt": """Spesifikasi PC Kasir
Processor: Intel Core i5-10400
RAM: 8 GB
SSD: 256 GB
Monitor: 19 inci
""",
    "surel.eml": """From: operator@contoh.go.id
To: inspektorat@contoh.go.id
Subject: Daftar software
Date: Mon, 2 Nov 2026 08:00:00 +0800
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Selamat pagi Bapak,
Terlampir daftar software yang ada di kantor kami: Microsoft Office 2019, WinRAR dan Google Chrome.
Terima kasih.
""",
    "catatan.md": "# Catatan\n\n- [ ] cek Office 2016 di ruang rapat\n- [x] hapus KMSpico\n\nLihat *panduan* untuk langkah berikutnya.\n",
    # Settings
    "docker-compose.yml": 'version: "3.8"\nservices:\n  db:\n    image: mariadb:10.11\n    ports:\n      - "3306:3306"\n',
    "aplikasi.toml": '[project]\nname = "simpeg"\nversion = "1.2.0"\ndependencies = ["requests>=2.31", "flask==3.0.0"]\n',
    "php.ini": "[PHP]\nengine = On\nmemory_limit = 128M\n\n[Date]\ndate.timezone = Asia/Makassar\n",
    "desktop.ini": "[.ShellClassInfo]\r\nLocalizedResourceName=@%SystemRoot%\\system32\\shell32.dll,-21769\r\nIconIndex=-235\r\n",
    "aplikasi.desktop": "[Desktop Entry]\nType=Application\nName=GIMP\nVersion=1.0\nExec=gimp-2.10 %U\nIcon=gimp\n",
    "aplikasi.properties": "Name=simpeg\nVersion=1.4.2\nVendor=Diskominfo\ndb.url=jdbc:mysql://localhost/simpeg\n",
    "host.txt": "127.0.0.1 localhost\n127.0.1.1 srv-web\n10.10.1.5 srv-db\n",
    "nginx.conf": "server {\n    listen 80;\n    server_name contoh.go.id;\n    root /var/www/html;\n}\n",
    "env.txt": "APP_NAME=simpeg\nAPP_VERSION=1.2.0\nDB_HOST=localhost\nDB_PASSWORD=rahasia\n",
    "pengaturan.reg": 'Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\Control Panel\\Desktop]\r\n"WallpaperStyle"="2"\r\n',
    "manifest.json": '{"manifest_version": 3, "name": "Ekstensi", "version": "1.0", "permissions": ["tabs"]}',
    "package.json": '{"name": "portal", "version": "1.0.0", "dependencies": {"express": "^4.18.2"}, "scripts": {"start": "node ."}}',
    "composer.json": '{"name": "dinas/portal", "require": {"php": ">=8.1", "laravel/framework": "^10.0"}}',
    "tsconfig.json": '{"compilerOptions": {"target": "es2020", "strict": true}, "include": ["src"]}',
    "openapi.yaml": "openapi: 3.0.3\ninfo:\n  title: Layanan\n  version: 1.0.0\npaths: {}\n",
    "playbook.yaml": "- hosts: web\n  tasks:\n    - name: install nginx\n      apt:\n        name: nginx\n        state: present\n",
    "peta.geojson": '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Marga", "version": "1"}}]}',
    "pegawai.json": '[{"name": "Wayan", "version": "IV/a", "nip": "1970"}, {"name": "Made", "version": "III/d", "nip": "1980"}]',
    "harga.json": '[{"name": "Kertas A4", "price": 45000}, {"name": "Tinta", "price": 95000}]',
    # Documents of XML
    "pom.xml": """<?xml version="1.0"?>
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>id.go</groupId>
<artifactId>simpeg</artifactId><version>1.0</version><dependencies><dependency><groupId>junit</groupId>
<artifactId>junit</artifactId><version>4.13</version></dependency></dependencies></project>
""",
    "logo.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10" version="1.1"><title>Logo</title></svg>',
    "Info.plist": """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict><key>CFBundleName</key><string>Mail</string><key>CFBundleVersion</key><string>1</string></dict></plist>
""",
    "berita.rss": '<?xml version="1.0"?><rss version="2.0"><channel><title>Berita</title><item><title>Rapat</title></item></channel></rss>',
    "rupa.rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="x"/></rdf:RDF>',
    "faktur.xml": "<Faktur><Nama>Toko Komputer</Nama><Barang><Nama>Office 2021</Nama><Jumlah>3</Jumlah></Barang></Faktur>",
    "halaman.html": "<!DOCTYPE html><html><head><title>Software</title></head><body><p>Microsoft Office 2019</p></body></html>",
    # Sources and commands
    "skrip.ps1": 'Get-ItemProperty HKLM:\\Software\\*\\Uninstall\\* |\n  Select-Object DisplayName, DisplayVersion |\n  Export-Csv "a.csv"\n',
    "pasang.bat": "@echo off\r\necho Memasang Office\r\nsetup.exe /configure kantor.xml\r\npause\r\n",
    "main.py": "import os\n\n\ndef main() -> None:\n    print(os.name)\n",
    "skema.sql": "CREATE TABLE pegawai (\n  id INT PRIMARY KEY,\n  nama VARCHAR(100)\n);\nINSERT INTO pegawai VALUES (1, 'Wayan');\n",
    "Dockerfile": "FROM debian:12\nRUN apt-get update && apt-get install -y nginx\nCOPY . /var/www\n",
    "Makefile": "all: build\n\nbuild:\n\tgcc -o a main.c\n",
    # Output of other tools
    "ipconfig.txt": """
Windows IP Configuration

   Host Name . . . . . . . . . . . . : PC-01
   Primary Dns Suffix  . . . . . . . :

Ethernet adapter Ethernet:

   IPv4 Address. . . . . . . . . . . : 10.10.1.5
""",
    "ping.txt": """
Pinging 10.10.1.1 with 32 bytes of data:
Reply from 10.10.1.1: bytes=32 time<1ms TTL=64
Reply from 10.10.1.1: bytes=32 time<1ms TTL=64

Ping statistics for 10.10.1.1:
    Packets: Sent = 2, Received = 2, Lost = 0 (0% loss),
""",
    "dir.txt": """ Volume in drive C has no label.
 Directory of C:\\Program Files

02/11/2026  08:00    <DIR>          7-Zip
02/11/2026  08:00    <DIR>          Google
02/11/2026  08:00    <DIR>          Microsoft Office
               0 File(s)              0 bytes
""",
    "tasklist.txt": """
Image Name                     PID Session Name        Session#    Mem Usage
========================= ======== ================ =========== ============
System Idle Process              0 Services                   0          8 K
chrome.exe                    4512 Console                    1    120,000 K
WINWORD.EXE                   5120 Console                    1    180,000 K
""",
    "layanan.txt": """
Status   Name               DisplayName
------   ----               -----------
Running  AdobeARMservice    Adobe Acrobat Update Service
Stopped  ALG                Application Layer Gateway Service
Running  Spooler            Print Spooler
""",
    "layanan daftar.txt": """
Status      : Running
Name        : Spooler
DisplayName : Print Spooler

Status      : Stopped
Name        : ALG
DisplayName : Application Layer Gateway Service
""",
    "akses.log": '10.1.1.5 - - [02/Nov/2026:08:00:00 +0800] "GET / HTTP/1.1" 200 512\n' * 4,
    "aplikasi.log": "2026-11-02 08:00:01 INFO mulai\n2026-11-02 08:00:02 ERROR gagal menyambung ke basis data\n",
    "git log.txt": "commit 3f2a9c1\nAuthor: Wayan <wayan@contoh.go.id>\nDate:   Mon Nov 2 08:00:00 2026 +0800\n\n    Perbaiki laporan\n",
    "df.txt": "Filesystem     1K-blocks     Used Available Use% Mounted on\n/dev/sda1       20511312  8123456  11322004  42% /\n",
    "ps.txt": "  PID TTY          TIME CMD\n    1 ?        00:00:03 systemd\n  812 ?        00:00:00 sshd\n",
    "netstat.txt": "Proto Recv-Q Send-Q Local Address           Foreign Address         State\ntcp        0      0 0.0.0.0:22 0.0.0.0:* LISTEN\n",
    # Tables of other things
    "harga.csv": "No;Nama Barang;Satuan;Harga\n1;Kertas A4;rim;45000\n2;Tinta hitam;botol;95000\n",
    "pegawai.csv": "No,Nama,NIP,Golongan,Jabatan\n1,Ni Made Sari,197001011995032001,IV/a,Kepala Bidang\n2,I Ketut Arta,198,III/d,Staf\n",
    "penduduk.txt": "Desa\tLaki-laki\tPerempuan\nMarga\t1200\t1190\nTunjuk\t900\t905\n",
    "aset.csv": "Kode Barang,Uraian,Tahun,Nilai\n1.3.2.10,Meja kerja,2020,1500000\n1.3.2.11,Kursi kerja,2021,800000\n",
    "jadwal.csv": "Tanggal,Kegiatan,Tempat\n2026-11-02,Rapat,Aula\n2026-11-03,Apel,Halaman\n",
    "koordinat.csv": "115.1,-8.5\n115.2,-8.6\n115.3,-8.4\n",
    "anggaran.tsv": "Kode\tUraian\tPagu\n5.1.02\tBelanja barang\t10000000\n5.2.02\tBelanja modal\t20000000\n",
    "layanan.csv": '"Status","Name","DisplayName"\n"Running","Spooler","Print Spooler"\n"Stopped","ALG","Application Layer Gateway"\n',
    "layanan ps.csv": '#TYPE System.ServiceProcess.ServiceController\n"Name","DisplayName","ServiceName","Status","ServiceType","StartType"\n"Spooler","Print Spooler","Spooler","Running","Win32OwnProcess","Automatic"\n"ALG","Gateway","ALG","Stopped","Win32OwnProcess","Manual"\n',
    "driver.csv": '"Module Name","Display Name","Driver Type","Link Date"\n"ACPI","Microsoft ACPI Driver","Kernel",""\n"afd","Windows Socket Driver","Kernel",""\n',
    "proses.csv": '"Image Name","PID","Session Name","Mem Usage"\n"chrome.exe","4512","Console","120,000 K"\n"winword.exe","5120","Console","180,000 K"\n',
    "rilis.csv": "version,codename,created,release\n1.1,Buzz,1993-08-16,1996-06-17\n1.2,Rex,1996-06-17,1996-12-12\n",
    "zona.tab": "# Daftar zona waktu\n#\nID\t-0507+11924\tAsia/Makassar\nID\t-0610+10648\tAsia/Jakarta\n",
}
"""By the names of the files."""

BYTES: Mapping[str, bytes] = {
    "daftar harga.xlsx": _workbook(("No", "Nama Barang", "Harga"), (1, "Kertas A4", 45000), (2, "Tinta", 95000)),
    "pegawai.xlsx": _workbook(
        ("DAFTAR NOMINATIF PEGAWAI",),
        ("No", "Nama", "NIP", "Jabatan"),
        (1, "Wayan", "19700101", "Kabid"),
        (2, "Made", "198", "Staf"),
    ),
    "jadwal.xlsx": _workbook(("Tanggal", "Kegiatan"), ("2 November", "Rapat"), ("3 November", "Apel")),
    "kosong.xlsx": _workbook(),
    "foto.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)) * 4,
    "surat.pdf": b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n",
    "pemasang.exe": b"MZ\x90\x00" + bytes(200),
    "kosong.bin": bytes(500),
    "acak.dat": bytes((value * 7919 + 13) % 256 for value in range(2000)),
}
