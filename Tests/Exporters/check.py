"""Has the gateway send its traces to collectors made by others, and looks at what arrives.

   check.py PALISADE [CASE …]"""

import atexit
import gzip
import http.server
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request

import grpc
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import DataReceived, RequestReceived, StreamEnded
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2

from receivers import (GRPCCollector, HTTPReceiver, JaegerAgent, decode_jaeger, decode_otlp, decode_zipkin,
                       otlp_spans, retry_info)

palisade = sys.argv[1]
work = tempfile.mkdtemp()
atexit.register(shutil.rmtree, work)


class Upstream(http.server.BaseHTTPRequestHandler):
    """A Prometheus that has nothing."""
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b'{"status":"success","data":{"resultType":"vector","result":[]}}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *arguments):
        pass


upstream = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
threading.Thread(target=upstream.serve_forever, daemon=True).start()


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class Gateway:
    """palisade with these settings; spans are sent after a tenth of a second."""

    def __init__(self, **settings):
        secret = os.path.join(work, "secret")
        if not os.path.exists(secret):
            with open(os.open(secret, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
                file.write(os.urandom(24).hex().encode())
        self.port, self.admin = free_port(), free_port()
        environment = {
            "PATH": os.environ["PATH"], "JWT_HS256_SECRET_FILE": secret, "LISTEN": f"127.0.0.1:{self.port}",
            "ADMIN_LISTEN": f"127.0.0.1:{self.admin}", "PROMETHEUS_URL": f"http://127.0.0.1:{upstream.server_port}",
            "TRACING_ENABLED": "true", "OTEL_BSP_SCHEDULE_DELAY": "100", "SHARDS": "1", **settings}
        self.log = os.path.join(work, f"log-{self.port}")
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [palisade, "serve"], env=environment, cwd=work, stdout=subprocess.DEVNULL, stderr=log)
        # Also where a check fails.
        atexit.register(self.process.kill)
        self.token = subprocess.run(
            [palisade, "token", "--tenant", "acme"], env=environment, cwd=work, check=True, capture_output=True
        ).stdout.decode().strip()
        for _ in range(200):
            try:
                # Of the other listener, whose requests have no spans.
                urllib.request.urlopen(f"http://127.0.0.1:{self.admin}/metrics").read()
                break
            except OSError:
                assert self.process.poll() is None, self.text()
                time.sleep(0.05)

    def text(self):
        with open(self.log) as file:
            return file.read()

    def lines(self, message):
        return [line for line in map(json.loads, self.text().splitlines()) if line["message"] == message]

    def line(self, message):
        """The only line with that message, which may take a moment to be written."""
        for _ in range(100):
            if self.lines(message):
                break
            time.sleep(0.1)
        (line,) = self.lines(message)
        return line

    def query(self, count=1):
        for _ in range(count):
            form = urllib.parse.urlencode({"query": "sum(up)"}).encode()
            request = urllib.request.Request(
                f"http://127.0.0.1:{self.port}/api/v1/metrics/query", data=form,
                headers={"Authorization": f"Bearer {self.token}"})
            assert urllib.request.urlopen(request, timeout=10).status == 200

    def spans(self):
        """The counts of the metric palisade_spans_total."""
        text = urllib.request.urlopen(f"http://127.0.0.1:{self.admin}/metrics").read().decode()
        counts = {}
        for line in text.splitlines():
            if line.startswith("palisade_spans_total{"):
                name, value = line.split(" ")
                counts[name.split('"')[1]] = int(value)
        return counts

    def wait_for_spans(self, **wanted):
        for _ in range(300):
            counts = self.spans()
            if all(counts[name] == value for name, value in wanted.items()):
                return
            time.sleep(0.1)
        raise AssertionError(f"wanted {wanted}, got {counts}\n{self.text()}")

    def stop(self):
        """Its exit status, and how long it took to end."""
        started = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        assert status == 0, self.text()
        return time.monotonic() - started


def check_query(spans, count=1):
    """The spans are those of so many queries, four each, and belong together."""
    assert len(spans) == 4 * count, [span.name for span in spans]
    roots = [span for span in spans if span.kind == "server"]
    assert len(roots) == count
    for root in roots:
        assert root.name == "POST /api/v1/metrics/query" and root.parent in ("", "0" * 16), root
        assert str(root.attributes["http.response.status_code"]) == "200", root
        assert root.attributes["palisade.tenant"] == "acme", root
        assert root.service == "palisade", root
        children = [span for span in spans if span.trace == root.trace and span.parent == root.id]
        assert sorted((span.name, span.kind) for span in children) == [
            ("POST", "client"), ("authenticate", "internal"), ("confine", "internal")], children


def otlp_grpc(collector, **settings):
    return Gateway(OTEL_EXPORTER_OTLP_PROTOCOL="grpc", TRACING_ENDPOINT=f"http://127.0.0.1:{collector.port}", **settings)


def grpc_plain():
    "OTLP over gRPC: the spans, their metadata and the deadline arrive"
    collector = GRPCCollector()
    gateway = otlp_grpc(collector, OTEL_EXPORTER_OTLP_HEADERS="x-api-key=a%20secret", OTEL_EXPORTER_OTLP_TIMEOUT="9000")
    gateway.query()
    got = collector.next()
    check_query(got.spans)
    assert got.fields["x-api-key"] == "a secret", got.fields
    assert got.fields["user-agent"].startswith("palisade"), got.fields
    assert 0 < got.deadline <= 9, got.deadline
    gateway.wait_for_spans(exported=4, dropped=0, failed=0)
    assert "a secret" not in gateway.text()
    gateway.stop()
    collector.stop()


def grpc_fields():
    "OTLP over gRPC: the fields of the request, as another implementation of HTTP/2 reads them; trailers alone answer it"
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        gateway = Gateway(OTEL_EXPORTER_OTLP_PROTOCOL="grpc",
                          TRACING_ENDPOINT=f"http://127.0.0.1:{listener.getsockname()[1]}",
                          OTEL_EXPORTER_OTLP_COMPRESSION="gzip", OTEL_EXPORTER_OTLP_TIMEOUT="9000")
        gateway.query()
        peer, _ = listener.accept()
        connection = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
        connection.initiate_connection()
        peer.sendall(connection.data_to_send())
        fields, body, ended = {}, b"", False
        while not ended:
            received = peer.recv(65_536)
            assert received, "the connection ended"
            for event in connection.receive_data(received):
                if isinstance(event, RequestReceived):
                    fields = dict(event.headers)
                elif isinstance(event, DataReceived):
                    body += event.data
                    connection.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
                elif isinstance(event, StreamEnded):
                    connection.send_headers(event.stream_id, [(":status", "200"), ("content-type", "application/grpc"),
                                                              ("grpc-status", "7"), ("grpc-message", "not%20you")],
                                            end_stream=True)
                    ended = True
            peer.sendall(connection.data_to_send())
        line = gateway.line("spans cannot be exported")
        assert line["error"] == "the collector answered PERMISSION_DENIED: not you", line
        gateway.wait_for_spans(failed=4)
        peer.close()
        gateway.stop()
    assert fields[":method"] == "POST" and fields[":scheme"] == "http", fields
    assert fields[":path"] == "/opentelemetry.proto.collector.trace.v1.TraceService/Export", fields
    assert fields["te"] == "trailers" and fields["content-type"] == "application/grpc", fields
    assert fields["grpc-timeout"] == "9000m" and fields["grpc-encoding"] == "gzip", fields
    assert "accept" not in fields and "expect" not in fields, fields
    assert body[0] == 1 and int.from_bytes(body[1:5], "big") == len(body) - 5, body[:5]
    request = trace_service_pb2.ExportTraceServiceRequest()
    request.ParseFromString(gzip.decompress(body[5:]))
    check_query(otlp_spans(request))


def grpc_gzip():
    "OTLP over gRPC in gzip"
    collector = GRPCCollector()
    gateway = otlp_grpc(collector, OTEL_EXPORTER_OTLP_COMPRESSION="gzip")
    gateway.query()
    check_query(collector.next().spans)
    gateway.wait_for_spans(exported=4)
    gateway.stop()
    collector.stop()


def grpc_large():
    "OTLP over gRPC: a batch larger than HTTP/2's windows"
    collector = GRPCCollector()
    gateway = otlp_grpc(collector, OTEL_BSP_SCHEDULE_DELAY="60000")
    gateway.query(128)
    got = collector.next()
    check_query(got.spans, 128)
    assert len(got.message) > 65_536, len(got.message)
    gateway.stop()
    collector.stop()


def refuse(code, message, delay=None):
    def step(context):
        if delay is not None:
            context.set_trailing_metadata([retry_info(code, message, delay)])
        context.abort(code, message)
    return step


def grpc_retry():
    "OTLP over gRPC: UNAVAILABLE with RetryInfo is sent again, the same, and not before its time"
    collector = GRPCCollector()
    collector.script = [refuse(grpc.StatusCode.UNAVAILABLE, "later, 100 % sure", 1.5)]
    gateway = otlp_grpc(collector)
    gateway.query()
    first, second = collector.next(), collector.next()
    assert second.message == first.message
    # Without RetryInfo the pause is one second at most.
    assert second.at - first.at >= 1.5, second.at - first.at
    gateway.wait_for_spans(exported=4, failed=0)
    line = gateway.line("spans cannot be exported")
    assert line["error"] == "the collector answered UNAVAILABLE: later, 100 % sure", line
    gateway.stop()
    collector.stop()


def grpc_exhausted():
    "OTLP over gRPC: RESOURCE_EXHAUSTED is sent again only with RetryInfo, INVALID_ARGUMENT never"
    collector = GRPCCollector()
    collector.script = [refuse(grpc.StatusCode.RESOURCE_EXHAUSTED, "full", 0.1)]
    gateway = otlp_grpc(collector)
    gateway.query()
    assert collector.next().message == collector.next().message
    gateway.wait_for_spans(exported=4, failed=0)
    collector.script = [refuse(grpc.StatusCode.RESOURCE_EXHAUSTED, "full")]
    gateway.query()
    collector.next()
    gateway.wait_for_spans(exported=4, failed=4)
    collector.script = [refuse(grpc.StatusCode.INVALID_ARGUMENT, "no", 0.1)]
    gateway.query()
    collector.next()
    gateway.wait_for_spans(exported=4, failed=8)
    assert collector.is_quiet(2)
    gateway.stop()
    collector.stop()


def grpc_partial():
    "OTLP over gRPC: what a collector rejects is counted, and its reason logged"
    collector = GRPCCollector()
    answer = trace_service_pb2.ExportTraceServiceResponse()
    answer.partial_success.rejected_spans = 3
    answer.partial_success.error_message = "too old"
    collector.script = [lambda context: answer]
    gateway = otlp_grpc(collector)
    gateway.query()
    gateway.wait_for_spans(exported=1, failed=3)
    line = gateway.line("the collector rejected spans")
    assert line["count"] == 3 and line["error"] == "too old", line
    gateway.stop()
    collector.stop()


def grpc_restart():
    "OTLP over gRPC: a collector that dies and comes back gets what was made meanwhile"
    collector = GRPCCollector()
    gateway = otlp_grpc(collector)
    gateway.query()
    check_query(collector.next().spans)
    collector.stop()
    gateway.query()
    gateway.line("spans cannot be exported")
    collector = GRPCCollector(port=collector.port)
    check_query(collector.next().spans)
    gateway.wait_for_spans(exported=8, failed=0)
    gateway.line("the collector takes spans again")
    gateway.stop()
    collector.stop()


def grpc_silent():
    "OTLP over gRPC: a collector that accepts and never answers slows no request, and the end is within its bound"
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        gateway = Gateway(OTEL_EXPORTER_OTLP_PROTOCOL="grpc",
                          TRACING_ENDPOINT=f"http://127.0.0.1:{listener.getsockname()[1]}")
        gateway.query(50)
        seconds = gateway.stop()
        # Five seconds are granted to the last spans.
        assert seconds < 15, seconds
        line = gateway.line("spans were lost")
        assert line["count"] == 200, line


def certificates():
    """A CA, and certificates of it for the collector and for the gateway."""
    def run(*arguments):
        subprocess.run(["openssl", *arguments], cwd=work, check=True, capture_output=True)

    run("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "ca.key", "-out",
        "ca.pem", "-subj", "/CN=Test CA", "-days", "1")
    for name in ("collector", "gateway"):
        run("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", f"{name}.key", "-out",
            f"{name}.csr", "-subj", f"/CN={name}", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1")
        run("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out",
            f"{name}.pem", "-days", "1", "-copy_extensions", "copy")

    def read(name):
        with open(os.path.join(work, name), "rb") as file:
            return file.read()

    return read


def grpc_tls():
    "OTLP over gRPC by TLS, with a certificate of the gateway's own; an unknown authority is refused"
    read = certificates()
    credentials = grpc.ssl_server_credentials(
        [(read("collector.key"), read("collector.pem"))], root_certificates=read("ca.pem"), require_client_auth=True)
    collector = GRPCCollector(credentials=credentials)
    settings = {"OTEL_EXPORTER_OTLP_PROTOCOL": "grpc", "TRACING_ENDPOINT": f"https://localhost:{collector.port}"}
    own = {"OTEL_EXPORTER_OTLP_CERTIFICATE": "ca.pem", "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE": "gateway.pem",
           "OTEL_EXPORTER_OTLP_CLIENT_KEY": "gateway.key"}
    gateway = Gateway(**settings, **own)
    gateway.query()
    check_query(collector.next().spans)
    gateway.stop()
    collector.stop()
    # One that asks for no certificate: nothing but its own is wrong.
    credentials = grpc.ssl_server_credentials([(read("collector.key"), read("collector.pem"))])
    collector = GRPCCollector(credentials=credentials)
    gateway = Gateway(
        OTEL_EXPORTER_OTLP_PROTOCOL="grpc", TRACING_ENDPOINT=f"https://localhost:{collector.port}")
    gateway.query()
    line = gateway.line("spans cannot be exported")
    assert "cannotConnect" in line["error"] and "certificate" in line["error"], line
    assert collector.is_quiet(1)
    gateway.stop()
    collector.stop()


def one_query(receiver, **settings):
    gateway = Gateway(**settings)
    gateway.query()
    got = receiver.next()
    check_query(got.spans)
    gateway.wait_for_spans(exported=4, failed=0)
    gateway.stop()
    receiver.stop()
    return got


def otlp_protobuf():
    "OTLP over HTTP in Protobuf, plain and in gzip"
    for compression in ("none", "gzip"):
        receiver = HTTPReceiver(decode_otlp)
        got = one_query(receiver, TRACING_ENDPOINT=f"http://127.0.0.1:{receiver.port}",
                        OTEL_EXPORTER_OTLP_COMPRESSION=compression)
        assert got.fields.get("content-encoding", "none") == compression, got.fields


def otlp_json():
    "OTLP over HTTP in JSON"
    receiver = HTTPReceiver(decode_otlp)
    one_query(receiver, TRACING_ENDPOINT=f"http://127.0.0.1:{receiver.port}", OTEL_EXPORTER_OTLP_PROTOCOL="http/json")


def zipkin():
    "Zipkin's JSON"
    receiver = HTTPReceiver(decode_zipkin, answer=lambda: (202, b""))
    one_query(receiver, TRACING_EXPORTER="zipkin", TRACING_ENDPOINT=f"http://127.0.0.1:{receiver.port}")


def jaeger_collector():
    "Jaeger's collector: Thrift in the binary protocol"
    receiver = HTTPReceiver(decode_jaeger, answer=lambda: (202, b""))
    one_query(receiver, TRACING_EXPORTER="jaeger", TRACING_ENDPOINT=f"http://127.0.0.1:{receiver.port}/api/traces")


def jaeger_agent():
    "Jaeger's agent: Thrift in the compact protocol, by UDP"
    receiver = JaegerAgent()
    one_query(receiver, TRACING_EXPORTER="jaeger", TRACING_ENDPOINT=f"127.0.0.1:{receiver.port}")


cases = [grpc_plain, grpc_fields, grpc_gzip, grpc_large, grpc_retry, grpc_exhausted, grpc_partial, grpc_restart, grpc_silent, grpc_tls,
         otlp_protobuf, otlp_json, zipkin, jaeger_collector, jaeger_agent]
for case in cases:
    if len(sys.argv) > 2 and case.__name__ not in sys.argv[2:]:
        continue
    case()
    print(f"    ok: {case.__doc__}", flush=True)
