import APIRuntime
import HTTPClient
import PrometheusAPI

// PrometheusQuery URL EXPRESSION: asks a Prometheus and prints what it finds now.
// PrometheusQuery URL --check: holds the generated code to a Prometheus that has the demo's metrics.
let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count == 2 else {
    print("usage: PrometheusQuery URL EXPRESSION | --check")
    throw ClientFailure.invalidInput([])
}
let transport = HTTPTransport()
let client = Client(server: ServerURL(arguments[0] + "/api/v1"), transport: transport)

if arguments[1] == "--check" {
    try await Check(client: client).run()
} else {
    switch try await client.query(query: arguments[1]) {
    case .ok(let answer):
        guard case .vector(let vector) = answer.body.data else {
            print(answer.body.data)
            break
        }
        for case .floatSample(let sample) in vector.result { print(sample.text) }
    case .default(let problem, let status): print(status, problem.body.error)
    }
}
await transport.close()
