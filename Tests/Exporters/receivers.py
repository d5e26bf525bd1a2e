"""Collectors that read what the gateway sends with code of others: grpcio and opentelemetry-proto, Apache Thrift and
jaeger-client. Whatever the wire format, a span becomes a Span."""

import base64
import gzip
import http.server
import json
import queue
import socket
import threading
import time
from concurrent import futures
from dataclasses import dataclass, field

import grpc
from google.protobuf import any_pb2, duration_pb2, json_format
from google.rpc import error_details_pb2, status_pb2
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2, trace_service_pb2_grpc


@dataclass
class Span:
    trace: str
    id: str
    parent: str
    name: str
    kind: str
    attributes: dict = field(default_factory=dict)
    service: str = ""


@dataclass
class Received:
    at: float
    spans: list
    # What came with it: metadata of gRPC, or header fields.
    fields: dict
    # The message as the exporter made it.
    message: bytes
    # How long the caller would have waited, where it says so.
    deadline: float = 0


class Receiver:
    def __init__(self):
        self.received = queue.Queue()

    def next(self, seconds=30):
        return self.received.get(timeout=seconds)

    def is_quiet(self, seconds):
        try:
            self.received.get(timeout=seconds)
            return False
        except queue.Empty:
            return True


KINDS = {1: "internal", 2: "server", 3: "client"}


def otlp_spans(request):
    spans = []
    for resource_spans in request.resource_spans:
        resource = {a.key: a.value.string_value for a in resource_spans.resource.attributes}
        for scope in resource_spans.scope_spans:
            for span in scope.spans:
                attributes = {a.key: getattr(a.value, a.value.WhichOneof("value")) for a in span.attributes}
                spans.append(
                    Span(span.trace_id.hex(), span.span_id.hex(), span.parent_span_id.hex(), span.name,
                         KINDS[span.kind], attributes, resource["service.name"]))
    return spans


def retry_info(code, message, seconds):
    """What gRPC's own libraries put into grpc-status-details-bin."""
    delay = duration_pb2.Duration()
    delay.FromNanoseconds(int(seconds * 1e9))
    detail = any_pb2.Any()
    detail.Pack(error_details_pb2.RetryInfo(retry_delay=delay))
    status = status_pb2.Status(code=code.value[0], message=message, details=[detail])
    return ("grpc-status-details-bin", status.SerializeToString())


class GRPCCollector(Receiver, trace_service_pb2_grpc.TraceServiceServicer):
    """A real gRPC server. `script` holds what becomes of calls: a function of the context, or None to take them."""

    def __init__(self, port=0, credentials=None):
        super().__init__()
        self.script = []
        self.server = grpc.server(futures.ThreadPoolExecutor(max_workers=4))
        trace_service_pb2_grpc.add_TraceServiceServicer_to_server(self, self.server)
        address = f"127.0.0.1:{port}"
        self.port = (self.server.add_secure_port(address, credentials) if credentials
                     else self.server.add_insecure_port(address))
        assert self.port, f"nothing can listen on {address}"
        self.server.start()

    def Export(self, request, context):
        fields = {key: value for key, value in context.invocation_metadata()}
        self.received.put(
            Received(time.monotonic(), otlp_spans(request), fields, request.SerializeToString(),
                     context.time_remaining() or 0))
        step = self.script.pop(0) if self.script else None
        answer = step(context) if step else None
        return answer or trace_service_pb2.ExportTraceServiceResponse()

    def stop(self):
        self.server.stop(0).wait()


class HTTPReceiver(Receiver):
    """Reads POSTs, whose bodies `decode` makes spans of."""

    def __init__(self, decode, answer=lambda: (200, b"")):
        super().__init__()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.headers.get("Content-Encoding") == "gzip":
                    body = gzip.decompress(body)
                fields = {name.lower(): value for name, value in self.headers.items()}
                outer.received.put(Received(time.monotonic(), decode(body, fields, self.path), fields, body))
                status, answer_body = answer()
                self.send_response(status)
                self.send_header("Content-Length", str(len(answer_body)))
                self.end_headers()
                self.wfile.write(answer_body)

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def decode_otlp(body, fields, path):
    assert path == "/v1/traces", path
    request = trace_service_pb2.ExportTraceServiceRequest()
    if fields["content-type"] == "application/x-protobuf":
        request.ParseFromString(body)
    else:
        assert fields["content-type"] == "application/json", fields
        value = json.loads(body)
        # OTLP writes identifiers in hexadecimal, Protobuf's own JSON in base64.
        for resource_spans in value["resourceSpans"]:
            for scope in resource_spans["scopeSpans"]:
                for span in scope["spans"]:
                    for name in ("traceId", "spanId", "parentSpanId"):
                        if name in span:
                            span[name] = base64.b64encode(bytes.fromhex(span[name])).decode()
        json_format.ParseDict(value, request)  # refuses fields that it does not know
    return otlp_spans(request)


def decode_zipkin(body, fields, path):
    assert path == "/api/v2/spans" and fields["content-type"] == "application/json", (path, fields)
    spans = []
    for span in json.loads(body):
        assert len(span["traceId"]) == 32 and len(span["id"]) == 16, span
        assert isinstance(span["timestamp"], int) and span["duration"] >= 1, span
        assert all(isinstance(value, str) for value in span["tags"].values()), span
        spans.append(
            Span(span["traceId"], span["id"], span.get("parentId", ""), span["name"],
                 span.get("kind", "INTERNAL").lower(), span["tags"], span["localEndpoint"]["serviceName"]))
    return spans


def jaeger_spans(batch):
    from jaeger_client.thrift_gen.jaeger.ttypes import TagType

    def text(value, digits):
        return format(value & (1 << 4 * digits) - 1, f"0{digits}x")

    spans = []
    for span in batch.spans:
        span.validate()
        attributes = {}
        for tag in span.tags:
            tag.validate()
            attributes[tag.key] = {
                TagType.STRING: tag.vStr, TagType.LONG: tag.vLong, TagType.BOOL: tag.vBool,
                TagType.DOUBLE: tag.vDouble}[tag.vType]
        spans.append(
            Span(text(span.traceIdHigh, 16) + text(span.traceIdLow, 16), text(span.spanId, 16),
                 text(span.parentSpanId, 16) if span.parentSpanId else "", span.operationName,
                 attributes.get("span.kind", "internal"), attributes, batch.process.serviceName))
    return spans


def decode_jaeger(body, fields, path):
    from jaeger_client.thrift_gen.jaeger.ttypes import Batch
    from thrift.protocol.TBinaryProtocol import TBinaryProtocol
    from thrift.transport.TTransport import TMemoryBuffer

    assert path.startswith("/api/traces"), path
    batch = Batch()
    batch.read(TBinaryProtocol(TMemoryBuffer(body)))
    return jaeger_spans(batch)


class JaegerAgent(Receiver):
    """Reads datagrams as calls of the agent's service, as it was generated for jaeger-client."""

    def __init__(self):
        super().__init__()
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        from jaeger_client.thrift_gen.agent.Agent import emitBatch_args
        from thrift.Thrift import TMessageType
        from thrift.protocol.TCompactProtocol import TCompactProtocol
        from thrift.transport.TTransport import TMemoryBuffer

        while True:
            try:
                packet = self.socket.recv(65_536)
            except OSError:
                return
            assert len(packet) < 65_000, len(packet)
            protocol = TCompactProtocol(TMemoryBuffer(packet))
            name, kind, _ = protocol.readMessageBegin()
            assert (name, kind) == ("emitBatch", TMessageType.ONEWAY), (name, kind)
            call = emitBatch_args()
            call.read(protocol)
            protocol.readMessageEnd()
            self.received.put(Received(time.monotonic(), jaeger_spans(call.batch), {}, packet))

    def stop(self):
        self.socket.close()
