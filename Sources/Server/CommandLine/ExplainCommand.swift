import JSON
import PromQLSyntax
import Tenancy

/// `palisade explain`
enum ExplainCommand {
    static let help = """
        Usage: palisade explain promql|traceql --tenant TENANT [--tenant TENANT …] QUERY
               palisade explain promql|traceql --tenant TENANT --json-lines < QUERIES

        Prints the query as it would be sent for that tenant. Nothing is executed, and no token is needed: what is
        printed is text and proves nothing.

          --tenant TENANT   the tenant; may be given several times
          --json-lines      read lines {"q": QUERY} from standard input and print for each
                            {"q", "ok", "out", "restricted", "error": {"message", "line", "column"}};
                            "out" is the canonical print of the query as it is, unrestricted
        TENANT_LABEL, TENANT_ATTRIBUTE and TENANT_CONFLICT count as they do for serve.
        """

    static func run(_ arguments: [String]) throws -> Int32 {
        let arguments = try Arguments(arguments, options: ["--tenant"], flags: ["--help", "-h", "--json-lines"])
        if arguments.has("--help") || arguments.has("-h") {
            Console.print(help)
            return ExitCode.success
        }
        let language = arguments.positional.first ?? ""
        let explainer: any QueryExplainer
        switch language {
        case "promql": explainer = PromQLExplainer(condition: try condition(arguments.all("--tenant")))
        case "traceql": explainer = try TraceQLExplainer(tenants: checked(arguments.all("--tenant")))
        default: throw UsageError(message: "explain knows two languages: explain promql, explain traceql")
        }
        if arguments.has("--json-lines") {
            guard arguments.positional.count == 1 else {
                throw UsageError(message: "--json-lines reads queries from standard input only")
            }
            return jsonLines(explainer)
        }
        guard arguments.positional.count == 2 else { throw UsageError(message: "explain \(language) takes one query") }
        return explainer.explain(arguments.positional[1])
    }

    private static func checked(_ tenants: [String]) throws(UsageError) -> [String] {
        guard !tenants.isEmpty else { throw UsageError(message: "--tenant is missing") }
        if let wrong = tenants.first(where: { Tenant($0) == nil }) {
            throw UsageError(message: "\"\(wrong)\" is no tenant's name: 1 to 150 of A–Z a–z 0–9 _ . -")
        }
        return tenants
    }

    private static func condition(_ tenants: [String]) throws -> TenantCondition {
        let tenants = try checked(tenants)
        var reader = SettingReader(try SettingSource.ofProcess())
        let label = reader.required(Settings.tenantLabel)
        let conflict = reader.required(Settings.tenantConflict)
        guard let label, let conflict else { throw Configuration.Invalid(messages: reader.messages) }
        return try TenantCondition(label: label, values: tenants, conflict: conflict)
    }

    private static func jsonLines(_ explainer: any QueryExplainer) -> Int32 {
        while let line = readLine() {
            if line.utf8.allSatisfy({ $0 == 0x20 }) { continue }
            guard let query = try? JSONParser.parse(Array(line.utf8))["q"]?.stringValue else {
                Console.printError("palisade: not a line of the form {\"q\": QUERY}: \(line)")
                return ExitCode.usage
            }
            var answer: JSONObject = ["q": .string(query)]
            explainer.answer(query, into: &answer)
            Console.print(String(decoding: answer.serialized(), as: UTF8.self))
        }
        return ExitCode.success
    }
}

/// How one language's queries are explained.
protocol QueryExplainer {
    /// Prints the restricted query, or where it is wrong, and returns the exit code.
    func explain(_ query: String) -> Int32
    /// Adds `ok` and `out`, `restricted` or `error`.
    func answer(_ query: String, into answer: inout JSONObject)
}

extension QueryExplainer {
    /// An error's place as JSON.
    func located(_ message: String, line: Int, column: Int) -> JSONValue {
        ["message": .string(message), "line": .number(JSONNumber(line)), "column": .number(JSONNumber(column))]
    }
}
