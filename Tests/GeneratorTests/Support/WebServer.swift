import Foundation
import Testing

/// A web server of a test's own on this machine.
final class WebServer {
    private let process = Process()
    private let folder: URL
    let port: Int

    /// Serves these texts by their paths, without the slash in front. Beside them, `/redirect/ADDRESS` leads to the
    /// address and `/zeros/N` is N bytes whose number is not told beforehand.
    init(_ texts: [String: String]) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "web-\(UUID().uuidString)")
        for (path, text) in texts {
            let url = folder.appending(path: "served").appending(path: path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-u", "-c", Self.program, folder.path(percentEncoded: false)]
        process.standardOutput = output
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        port = try #require(Int(line.trimmingCharacters(in: .whitespacesAndNewlines)), "python3 does not serve")
    }

    deinit {
        // Whatever signals the tests' own threads keep from it.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Where a path is.
    func url(_ path: String) -> String { "http://127.0.0.1:\(port)/\(path)" }

    /// The paths that were asked for, in their order.
    var asked: [String] {
        let text = (try? String(contentsOf: folder.appending(path: "asked"), encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map { String($0.dropFirst()) }
    }

    /// As if nobody had asked for anything.
    func forget() throws { try Data().write(to: folder.appending(path: "asked")) }

    private static let program = #"""
        import http.server, pathlib, sys, urllib.parse
        folder = pathlib.Path(sys.argv[1])

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                with open(folder / 'asked', 'a') as asked: asked.write(self.path + '\n')
                path = urllib.parse.urlsplit(self.path).path[1:]
                kind, _, rest = path.partition('/')
                file = folder / 'served' / path
                if kind == 'redirect':
                    self.send_response(302)
                    self.send_header('Location', urllib.parse.unquote(rest))
                    self.end_headers()
                elif kind == 'zeros':
                    self.send_response(200)
                    self.end_headers()
                    try: self.wfile.write(b'0' * int(rest))
                    except OSError: pass
                elif file.is_file():
                    self.send_response(200)
                    self.send_header('Content-Type', 'text/html' if path.endswith('.html') else 'application/yaml')
                    self.end_headers()
                    self.wfile.write(file.read_bytes())
                else: self.send_error(404)

            def log_message(self, *arguments): pass

        server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        print(server.server_port)
        server.serve_forever()
        """#
}
