import Testing

@testable import Generator

@Suite("Types of plain scalars")
struct CoreSchemaTests {
    @Test(
        "words of YAML 1.1 are strings, numbers are numbers",
        arguments: [
            ("", "null"), ("~", "null"), ("null", "null"), ("Null", "null"), ("nULL", "string"), ("nil", "string"),
            ("true", "boolean"), ("True", "boolean"), ("TRUE", "boolean"), ("tRue", "string"), ("false", "boolean"),
            ("yes", "string"), ("no", "string"), ("on", "string"), ("off", "string"), ("y", "string"), ("n", "string"),
            ("0", "integer"), ("-1", "integer"), ("+12", "integer"), ("0123", "integer"), ("0o17", "integer"),
            ("0o18", "string"), ("0x1F", "integer"), ("0xG", "string"), ("1_000", "string"), ("0b1", "string"),
            ("-0x1F", "string"), ("1.5", "float"), (".5", "float"), ("5.", "float"), (".", "string"), ("1e3", "float"),
            ("1E+3", "float"), ("1.e-3", "float"), ("1e", "string"), ("e3", "string"), (".inf", "float"),
            ("-.INF", "float"), (".nan", "float"), ("+.nan", "string"), ("1.2.3", "string"), ("12:30:45", "string"),
            ("2026-01-02", "string"), ("-", "string"), ("+", "string"), ("123456789012345678901234567890", "integer"),
        ])
    func kinds(text: String, kind: String) {
        let found =
            switch CoreSchema.kind(of: text) {
            case .null: "null"
            case .boolean: "boolean"
            case .integer: "integer"
            case .float: "float"
            case .string: "string"
            }
        #expect(found == kind)
    }
}
