import JSON
import PromQLSyntax
import Tenancy

/// `palisade explain`
enum ExplainCommand {
    static let help = """
        Usage: palisade explain promql --tenant TENANT [--tenant TENANT …] QUERY
               palisade explain promql --tenant TENANT --json-lines < QUERIES

        Prints the query as it would be sent for that tenant. Nothing is executed, and no token is needed: what is
        printed is text and proves nothing.

          --tenant TENANT   the tenant; may be given several times
          --json-lines      read lines {"q": QUERY} from standard input and print for each
                            {"q", "ok", "out", "restricted", "error": {"message", "line", "column"}};
                            "out" is the canonical print of the query as it is, unrestricted
        TENANT_LABEL and TENANT_CONFLICT count as they do for serve.
        """

    static func run(_ arguments: [String]) throws -> Int32 {
        let arguments = try Arguments(arguments, options: ["--tenant"], flags: ["--help", "-h", "--json-lines"])
        if arguments.has("--help") || arguments.has("-h") {
            Console.print(help)
            return ExitCode.success
        }
        guard arguments.positional.first == "promql" else {
            throw UsageError(message: "explain knows one language: explain promql")
        }
        let condition = try condition(arguments.all("--tenant"))
        if arguments.has("--json-lines") {
            guard arguments.positional.count == 1 else {
                throw UsageError(message: "--json-lines reads queries from standard input only")
            }
            return jsonLines(condition)
        }
        guard arguments.positional.count == 2 else { throw UsageError(message: "explain promql takes one query") }
        return explain(arguments.positional[1], condition)
    }

    private static func condition(_ tenants: [String]) throws -> TenantCondition {
        guard !tenants.isEmpty else { throw UsageError(message: "--tenant is missing") }
        if let wrong = tenants.first(where: { Tenant($0) == nil }) {
            throw UsageError(message: "\"\(wrong)\" is no tenant's name: 1 to 150 of A–Z a–z 0–9 _ . -")
        }
        var reader = SettingReader(try SettingSource.ofProcess())
        let label = reader.required(Settings.tenantLabel)
        let conflict = reader.required(Settings.tenantConflict)
        guard let label, let conflict else { throw Configuration.Invalid(messages: reader.messages) }
        return try TenantCondition(label: label, values: tenants, conflict: conflict)
    }

    private static func explain(_ query: String, _ condition: TenantCondition) -> Int32 {
        do {
            let restricted = try restrict(query, by: condition)
            Console.print("sent:       \(restricted.text)")
            Console.print("condition:  \(restricted.condition)")
            Console.print("selectors:  \(restricted.selectorCount)")
            return ExitCode.success
        } catch {
            switch error {
            case .invalid(let error), .unsafe(let error), .conflict(let error):
                Console.printError("\(error)\n\(error.excerpt(of: query))")
            case .unverified(let reason): Console.printError("palisade: the query could not be restricted: \(reason)")
            }
            return ExitCode.failure
        }
    }

    private static func jsonLines(_ condition: TenantCondition) -> Int32 {
        while let line = readLine() {
            if line.utf8.allSatisfy({ $0 == 0x20 }) { continue }
            guard let query = try? JSONParser.parse(Array(line.utf8))["q"]?.stringValue else {
                Console.printError("palisade: not a line of the form {\"q\": QUERY}: \(line)")
                return ExitCode.usage
            }
            Console.print(String(decoding: answer(query, condition).serialized(), as: UTF8.self))
        }
        return ExitCode.success
    }

    private static func answer(_ query: String, _ condition: TenantCondition) -> JSONValue {
        var answer: JSONObject = ["q": .string(query)]
        do {
            let expression = try PromQLExpression.parse(query)
            answer["ok"] = true
            answer["out"] = .string(expression.printed())
            answer["restricted"] = .string(try restrict(query, by: condition).text)
        } catch let error as PromQLError {
            answer["ok"] = false
            answer["error"] = located(error)
        } catch let error as RestrictionError {
            switch error {
            case .invalid(let error), .unsafe(let error), .conflict(let error): answer["error"] = located(error)
            case .unverified(let reason): answer["error"] = ["message": .string(reason)]
            }
            answer["ok"] = false
        } catch {
            answer["ok"] = false
        }
        return .object(answer)
    }

    private static func located(_ error: PromQLError) -> JSONValue {
        [
            "message": .string(error.message), "line": .number(JSONNumber(error.line)),
            "column": .number(JSONNumber(error.column)),
        ]
    }
}
