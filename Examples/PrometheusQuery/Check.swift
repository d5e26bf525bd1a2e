import APIRuntime
import Glibc
import JSON
import PrometheusAPI

/// Asks for the metrics that `scripts/demo-metrics` makes, and holds each answer to what they are.
struct Check {
    let client: Client

    struct Failed: Error, CustomStringConvertible {
        let description: String
    }

    private func require(_ condition: Bool, _ what: String) throws(Failed) {
        guard condition else { throw Failed(description: "not as expected: \(what)") }
        print("as expected: \(what)")
    }

    func run() async throws {
        try routes()
        let now = Double(time(nil))
        try await instantQuery(at: now)
        try await rangeQuery(until: now)
        try await metadata(at: now)
        try await errors()
    }

    private func instantQuery(at now: Double) async throws {
        let answer = try await client.query(time: .number(now), query: "demo_limit").ok
        guard case .vector(let vector) = answer.body.data else { throw Failed(description: "\(answer.body.data)") }
        let samples = vector.result.compactMap { if case .floatSample(let sample) = $0 { sample.text } else { nil } }
        try require(
            samples.sorted() == [#"demo_limit{tenant_id="acme"} 1"#, #"demo_limit{tenant_id="globex"} 5"#],
            "an instant query gives both limits")
        try require(answer.headers["content-type"] == "application/json", "header fields are at hand")
        guard case .scalar = try await client.query(.init(query: "scalar(demo_build_info)")).ok.body.data else {
            throw Failed(description: "a scalar is none")
        }
    }

    private func rangeQuery(until now: Double) async throws {
        let answer = try await client.queryRange(
            start: .number(now - 600), end: .number(now), step: .number(60), query: #"demo_orders_total{region="us"}"#
        ).ok
        guard case .matrix(let matrix) = answer.body.data, matrix.result.count == 1,
            case .floatSeries(let series)? = matrix.result.first
        else { throw Failed(description: "\(answer.body.data)") }
        let numbers = series.values.compactMap { pair -> Int? in
            if case .string(let text)? = pair.last { Int(text) } else { nil }
        }
        try require(
            numbers.count == 11 && zip(numbers, numbers.dropFirst()).allSatisfy { $1 - $0 == 2 },
            "a range query gives eleven steps of two orders each")
    }

    private func metadata(at now: Double) async throws {
        let names = try await client.labels().ok.body.data
        try require(Set(["__name__", "region", "tenant_id"]).isSubset(of: names), "the names of labels")
        let values = try await client.labelValues(name: "region").ok.body.data
        try require(values == ["eu", "us"], "the values of a label")
        let series = try await client.series(match: [#"demo_orders_total{tenant_id="acme"}"#]).ok.body.data
        try require(
            Set(series.compactMap { $0["region"]?.stringValue }) == ["eu", "us"] && series.count == 2,
            "the series of a tenant")
        let posted = try await client.queryPost(body: .init(query: "count(demo_limit)", time: "\(Int(now))")).ok
        guard case .vector(let vector) = posted.body.data, case .floatSample(let sample)? = vector.result.first else {
            throw Failed(description: "\(posted.body.data)")
        }
        try require(sample.number == "2", "a query that is posted as a form")
    }

    private func errors() async throws {
        guard case .default(let problem, let status) = try await client.query(query: "sum(") else {
            throw Failed(description: "half a query was answered")
        }
        try require(
            status == 400 && problem.body.status == .error && problem.body.errorType == "bad_data",
            "an error is decoded: \(problem.body.error)")
        do {
            _ = try await client.query(query: "sum(").ok
            throw Failed(description: "an error was taken for an answer")
        } catch ClientFailure.unexpectedStatus(let status) {
            try require(status == 400, "an error is none of the good answers")
        }
    }

    /// The generated server has the document's routes, and no others.
    private func routes() throws {
        let document = try JSONParser.parse(OpenAPIDocument.json)
        var documented: Set<String> = []
        for path in document["paths"]?.objectValue?.members ?? [] {
            for member in path.value.objectValue?.members ?? [] where member.value["responses"] != nil {
                documented.insert("\(member.name.uppercased()) \(path.name)")
            }
        }
        var served: Set<String> = []
        for operation in OperationID.allCases {
            let description = operation.description
            served.insert("\(description.method) \(description.path)")
            let path = description.path.split(separator: "/", omittingEmptySubsequences: false)
                .map { $0.hasPrefix("{") ? "x" : String($0) }.joined(separator: "/")
            guard case .operation(operation, _) = Router.match(description.method, path: path) else {
                throw Failed(description: "\(operation) is not where it should be")
            }
        }
        try require(served == documented && !served.isEmpty, "the \(served.count) routes of the document are served")
    }
}
