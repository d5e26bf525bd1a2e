"""An ES256 key and so many tokens of one tenant, each another one: `mint-tokens.py COUNT PUBLIC-KEY-FILE TOKENS-FILE`.

The tokens' file has one a line. The key is new each time and kept nowhere.
"""
import base64
import json
import os
import sys
import time

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def main():
    count, key_file, tokens_file = int(sys.argv[1]), sys.argv[2], sys.argv[3]
    key = ec.generate_private_key(ec.SECP256R1())
    with open(key_file, "wb") as file:
        file.write(
            key.public_key().public_bytes(
                serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
            )
        )
    header = base64url(json.dumps({"alg": "ES256", "typ": "JWT"}).encode())
    now = int(time.time())
    with open(os.open(tokens_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        for number in range(count):
            claims = {"sub": f"user-{number}", "tenant_id": "acme", "iat": now, "exp": now + 86400}
            signed = header + b"." + base64url(json.dumps(claims).encode())
            r, s = decode_dss_signature(key.sign(signed, ec.ECDSA(hashes.SHA256())))
            file.write(signed + b"." + base64url(r.to_bytes(32, "big") + s.to_bytes(32, "big")) + b"\n")


main()
