import APIRuntime
import Compression
import Dashboard
import Foundation
import Testing

@testable import Server

@Suite("The page /dashboard")
struct DashboardPageTests {
    private static let paths = DashboardFile.all.map { file in
        file.path == "index.html" ? "/dashboard" : "/dashboard/\(file.path)"
    }

    private func text(_ path: String) async throws -> String {
        let answer = try await TestGateway(FakeUpstream()).send(.get, path)
        #expect(answer.status == 200, "\(path)")
        return answer.text
    }

    @Test("it is built in as it is in the tree, to the byte")
    func embedded() throws {
        #expect(DashboardFile.all.count > 10)
        for file in DashboardFile.all {
            let source = try Data(contentsOf: repositoryFile("Sources/Dashboard/Page/\(file.path)"))
            #expect(file.bytes == [UInt8](source), "\(file.path)")
        }
    }

    @Test("its policy admits its own files and this gateway, nothing inline, no frame and no markup made of text")
    func policy() async throws {
        let answer = try await TestGateway(FakeUpstream()).send(.get, "/dashboard")
        #expect(answer.headers["content-type"] == "text/html")
        #expect(
            answer.headers.values("content-security-policy") == [
                "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
                    + "require-trusted-types-for 'script'; trusted-types 'none'"
            ])
        for word in ["<style", " style=", " onclick", "javascript:", "<script>"] {
            #expect(!answer.text.contains(word), "\(word)")
        }
    }

    @Test("each of its files has a tag that saves the second transfer", arguments: paths)
    func tags(_ path: String) async throws {
        let gateway = try TestGateway(FakeUpstream())
        let answer = try await gateway.send(.get, path)
        #expect(answer.status == 200)
        #expect(answer.headers.values("cache-control") == ["no-cache"])
        let tag = try #require(answer.headers["etag"])
        let second = try await gateway.send(.get, path, headers: ["if-none-match": tag])
        #expect(second.status == 304)
        #expect(second.bytes.isEmpty)
        #expect(second.headers.values("etag") == [tag])
        // What it had would replace the policy of the page that the browser has.
        #expect(!second.headers.contains("content-security-policy"))
    }

    @Test("each of its larger files goes in gzip to who takes it, again and again")
    func compressed() async throws {
        let gateway = try TestGateway(FakeUpstream())
        for _ in 0..<2 {
            for path in Self.paths {
                let plain = try await gateway.send(.get, path)
                guard plain.bytes.count >= ContentCoding.smallest else { continue }
                let coded = try await gateway.send(.get, path, headers: ["accept-encoding": "gzip"])
                #expect(coded.bytes == gzip(plain.bytes), "\(path)")
            }
        }
    }

    @Test("what it refers to is there, and what it does not have is not")
    func references() async throws {
        let page = try await text("/dashboard")
        let files = page.matches(of: /(?:src|href)="(dashboard\/[^"]+)"/).map { String($0.1) }
        #expect(files.sorted() == ["dashboard/scripts/main.js", "dashboard/style.css"])
        for file in files { _ = try await text("/\(file)") }
        var known: Set<String> = []
        var waiting = ["main.js"]
        while let name = waiting.popLast() {
            guard known.insert(name).inserted else { continue }
            let script = try await text("/dashboard/scripts/\(name)")
            waiting += script.matches(of: /from "\.\/([a-z-]+\.js)"/).map { String($0.1) }
        }
        #expect(known.count == DashboardFile.all.filter { $0.path.hasPrefix("scripts/") }.count)
        let gateway = try TestGateway(FakeUpstream())
        for path in ["scripts/none.js", "scripts/..%2fstyle.css", "scripts/style.css", "scripts", "index.html", ""] {
            let answer = try await gateway.send(.get, "/dashboard/\(path)")
            #expect(answer.status == 404, "\(path)")
        }
    }

    @Test("its scripts make no markup, run no text, store nothing and name no other server", arguments: paths)
    func harmless(_ path: String) async throws {
        let text = try await text(path)
        for word in [
            "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "DOMParser", "createContextualFragment",
            "eval(", "Function(", "localStorage", "sessionStorage", "indexedDB", ".cookie", "postMessage", "@import",
        ] {
            #expect(!text.contains(word), "\(path) has \(word)")
        }
        // A name, not an address: nothing is fetched from there.
        let rest = text.replacingOccurrences(of: "http://www.w3.org/2000/svg", with: "")
        #expect(!rest.contains("http://") && !rest.contains("https://"), "\(path)")
    }
}
