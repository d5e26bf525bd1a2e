"""Serves a folder's files as a scrape of Prometheus takes them: OpenMetrics.

usage: serve-targets.py PORT FOLDER
"""
import functools
import http.server
import sys


class Targets(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    extensions_map = {"": "application/openmetrics-text; version=1.0.0; charset=utf-8"}

    def log_message(self, *arguments):
        pass


handler = functools.partial(Targets, directory=sys.argv[2])
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), handler).serve_forever()
