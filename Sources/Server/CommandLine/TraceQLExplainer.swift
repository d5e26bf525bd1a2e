import JSON
import TraceQLSyntax

/// `palisade explain traceql`
struct TraceQLExplainer: QueryExplainer {
    let condition: TenantCondition

    /// - Throws: what is wrong with the settings that name the attribute and the handling of conflicts.
    init(tenants: [String]) throws {
        var reader = SettingReader(try SettingSource.ofProcess())
        let attribute = reader.required(Settings.tenantAttribute)
        let conflict = reader.required(Settings.tenantConflict)
        guard let attribute, let conflict else { throw Configuration.Invalid(messages: reader.messages) }
        condition = try TenantCondition(
            attribute: attribute, values: tenants, conflict: conflict == .error ? .error : .and)
    }

    func explain(_ query: String) -> Int32 {
        do {
            let restricted = try restrict(query, by: condition)
            Console.print("sent:       \(restricted.text)")
            Console.print("condition:  \(restricted.condition)")
            Console.print("filters:    \(restricted.filterCount)")
            Console.print("pipelines:  \(restricted.pipelineCount)")
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

    func answer(_ query: String, into answer: inout JSONObject) {
        do {
            let expression = try TraceQLExpression.parse(query)
            answer["ok"] = true
            answer["out"] = .string(expression.printed())
            answer["restricted"] = .string(try restrict(query, by: condition).text)
        } catch let error as TraceQLError {
            answer["ok"] = false
            answer["error"] = located(error.message, line: error.line, column: error.column)
        } catch let error as RestrictionError {
            switch error {
            case .invalid(let error), .unsafe(let error), .conflict(let error):
                answer["error"] = located(error.message, line: error.line, column: error.column)
            case .unverified(let reason): answer["error"] = ["message": .string(reason)]
            }
            answer["ok"] = false
        } catch {
            answer["ok"] = false
        }
    }
}
