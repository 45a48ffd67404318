"""Who else may answer at the office's address: pages to log in on, and certificates of all kinds."""
import socket
import ssl
import subprocess
import threading

PAGE = b"<html><body>WLAN-Anmeldung</body></html>"
ANSWERS = {
    "page": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(PAGE), PAGE),
    "redirect": b"HTTP/1.1 302 Found\r\nLocation: http://login.example/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
}


class Portal:
    """Gives everybody one answer. With a key it speaks TLS, else it answers in the clear whatever it is asked."""

    def __init__(self, port, answer, key=None):
        self.answer, self.asked = ANSWERS[answer], 0
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if key else None
        if key:
            self.context.load_cert_chain(*key)
        self.socket = socket.create_server(("127.0.0.1", port))
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        while True:
            try:
                line, _ = self.socket.accept()
            except OSError:
                return  # closed
            threading.Thread(target=self.talk, args=(line,), daemon=True).start()

    def talk(self, line):
        try:
            line.settimeout(10)
            with self.context.wrap_socket(line, server_side=True) if self.context else line as talk:
                if talk.recv(65536):
                    self.asked += 1
                    talk.sendall(self.answer)
        except OSError:  # who only looks at the key goes away
            pass
        finally:
            line.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if not self.thread.is_alive():
            return
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join(20)


class Authority:
    """Signs certificates; whoever trusts `file` trusts them."""

    def __init__(self, folder, name):
        self.folder, self.name, self.count = folder, name, 0
        self.file, self.key = folder / f"{name}.pem", folder / f"{name}.key"
        self.openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", f"/CN={name}",
                     "-days", "3", "-keyout", self.key, "-out", self.file)

    @staticmethod
    def openssl(*words):
        subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True)

    def sign(self, name, begins, ends):
        """(certificate, key) for a name such as "IP:127.0.0.1"; both times as OpenSSL writes them."""
        self.count += 1
        key, request, certificate = (self.folder / f"{self.name}-{self.count}.{end}" for end in ("key", "csr", "crt"))
        more, index = self.folder / "more", self.folder / "index"
        index.write_text("")
        more.write_text(f"[ca]\ndefault_ca=own\n[own]\ndatabase={index}\nnew_certs_dir={self.folder}\nrand_serial=yes\ndefault_md=sha256\n"
                        f"policy=any\nx509_extensions=server\n[any]\ncommonName=supplied\n[server]\nsubjectAltName={name}\n")
        self.openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=office",
                     "-keyout", key, "-out", request)
        self.openssl("ca", "-batch", "-notext", "-config", more, "-cert", self.file, "-keyfile", self.key, "-in", request,
                     "-out", certificate, "-startdate", begins, "-enddate", ends)
        return certificate, key
