import APIRuntime
import Testing

@Suite("Route trie")
struct RouteTrieTests {
    private let trie = RouteTrie<String>([
        (.get, "/", "root"), (.get, "/traces", "list"), (.post, "/traces", "create"), (.get, "/traces/{id}", "one"),
        (.get, "/traces/tags", "tags"), (.get, "/traces/{trace}/spans/{span}", "span"),
        (.delete, "/traces/tags/all", "clear"), (.get, "/a/b/c", "literal"), (.get, "/a/{x}/d", "parameter"),
    ])

    private func operation(_ method: HTTPMethod, _ path: String) -> String? {
        if case .operation(let operation, _) = trie.match(method, path: path) { operation } else { nil }
    }

    @Test(
        "a path leads to its operation",
        arguments: [
            ("/", "root"), ("/traces", "list"), ("/traces/7", "one"), ("/traces/tags", "tags"),
            ("/traces/7/spans/9", "span"), ("/traces/tags/spans/9", "span"), ("/a/b/c", "literal"),
            ("/a/b/d", "parameter"), ("/traces/a%2Fb", "one"),
        ])
    func matches(_ path: String, _ wanted: String) {
        #expect(operation(.get, path) == wanted)
    }

    @Test(
        "a path that is not exactly one of them does not exist",
        arguments: [
            "", "traces", "//", "/traces/", "//traces", "/traces//", "/Traces", "/%74races", "/traces/../traces",
            "/./traces", "/traces/7/", "/traces/7/spans", "/traces/7/spans/", "/traces/7/spans/9/x", "/a/b/e",
            "/traces/%ff", "/traces/%zz", "/traces;x=1", "*",
        ])
    func noMatch(_ path: String) {
        // "/traces;x=1" and "/traces/%zz" too: no parameter stands at that place, or the escape is broken.
        guard case .notFound = trie.match(.get, path: path) else {
            Issue.record("\(path) was found")
            return
        }
    }

    @Test("each template has its own parameters' names, and values are decoded once")
    func parameters() throws {
        guard case .operation("span", let parameters) = trie.match(.get, path: "/traces/a%2Fb/spans/%2541") else {
            Issue.record("not found")
            return
        }
        #expect(parameters["trace"] == "a/b")
        #expect(parameters["span"] == "%41")
        #expect(parameters["id"] == nil)
        guard case .operation("one", let one) = trie.match(.get, path: "/traces/..") else {
            Issue.record("not found")
            return
        }
        #expect(one["id"] == "..")
    }

    @Test("HEAD is answered wherever GET is")
    func head() {
        #expect(operation(.head, "/traces") == "list")
        #expect(operation(.head, "/traces/tags/all") == nil)
    }

    @Test("another method is told which ones there are", arguments: [HTTPMethod.put, .patch, .trace, .options])
    func methods(_ method: HTTPMethod) {
        guard case .methodNotAllowed(let allowed) = trie.match(method, path: "/traces") else {
            Issue.record("not refused")
            return
        }
        #expect(allowed.map(\.rawValue) == ["GET", "HEAD", "OPTIONS", "POST"])
    }

    @Test("a path of many segments costs no more than the longest template")
    func longPath() {
        let path = String(repeating: "/a", count: 100_000)
        guard case .notFound = trie.match(.get, path: path) else {
            Issue.record("found")
            return
        }
    }

    private let odd = RouteTrie<String>([
        (.get, "/a/{id}", "whole"), (.get, "/a/{id}.json", "json"), (.get, "/a/v{x}.json", "version"),
        (.get, "/a/me.json", "me"), (.get, "/{from}-{to}/b", "pair"), (.get, "/{x}/c", "other"),
        (.get, "/q", "plain"), (.get, "/q?beta=true", "beta"), (.get, "/q?beta=true&x=%20", "both"),
        (.get, "/only?flag", "flag"), (.post, "/only", "posted"),
    ])

    private func route(_ target: String) -> (String, PathParameters)? {
        let parts = target.split(separator: "?", maxSplits: 1)
        let match = odd.match(.get, path: String(parts[0]), query: parts.count > 1 ? String(parts[1]) : nil)
        if case .operation(let operation, let parameters) = match { return (operation, parameters) }
        return nil
    }

    @Test("text beside a parameter tells templates apart: literals first, then most text, then parameters alone")
    func mixedSegments() throws {
        #expect(route("/a/7")?.0 == "whole")
        #expect(route("/a/7.json")?.0 == "json")
        #expect(route("/a/7.json.json")?.1["id"] == "7.json")
        #expect(route("/a/v7.json")?.1["x"] == "7")
        #expect(route("/a/me.json")?.0 == "me")
        // No parameter is empty.
        #expect(route("/a/.json")?.0 == "whole")
        #expect(route("/a/v.json")?.1["id"] == "v")
        let pair = try #require(route("/x-y-z%2F/b"))
        #expect(pair.1["from"] == "x" && pair.1["to"] == "y-z/")
        #expect(route("/-y/b") == nil)
        #expect(route("/--y/b")?.1["from"] == "-")
        #expect(route("/x-y/c")?.0 == "other")
        #expect(route("/x-%ff/b") == nil)
    }

    @Test("pairs of a template's query tell operations of one path apart, the most of them first")
    func queries() {
        #expect(route("/q")?.0 == "plain")
        #expect(route("/q?beta=false")?.0 == "plain")
        #expect(route("/q?a=1&beta=true")?.0 == "beta")
        #expect(route("/q?x=+&be%74a=true")?.0 == "both")
        #expect(route("/q?beta=true&%")?.0 == "plain")
        #expect(route("/only?flag")?.0 == "flag")
        #expect(route("/only?flag=")?.0 == "flag")
        #expect(route("/only?flag=1") == nil)
        guard case .methodNotAllowed(let allowed) = odd.match(.get, path: "/only") else {
            Issue.record("found")
            return
        }
        #expect(allowed.map(\.rawValue) == ["OPTIONS", "POST"])
        guard case .notFound = RouteTrie<String>([(.get, "/x?a=1", "a")]).match(.get, path: "/x") else {
            Issue.record("found")
            return
        }
    }
}
