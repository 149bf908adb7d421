"""A CA of the test's own, and certificates it signs."""

import subprocess
from pathlib import Path


class Authority:
    def __init__(self, folder, name="Test CA"):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.certificate = self.folder / "ca.pem"
        self._request("ca", name)

    def issue(self, name, *others):
        """Returns the paths of certificate and key for the host names."""
        names = ",".join(f"DNS:{each}" for each in (name, *others))
        return self._request(name, name, "-CA", self.certificate, "-CAkey", self.folder / "ca.key",
                             "-addext", "basicConstraints=critical,CA:FALSE", "-addext", f"subjectAltName={names}")

    def _request(self, stem, subject, *options):
        certificate, key = self.folder / f"{stem}.pem", self.folder / f"{stem}.key"
        command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                   "-days", "30", "-subj", f"/CN={subject}", *options, "-keyout", key, "-out", certificate]
        subprocess.run([str(part) for part in command], check=True, capture_output=True)
        key.chmod(0o644)  # for the users of the peers; nothing outside trusts this CA
        return certificate, key
