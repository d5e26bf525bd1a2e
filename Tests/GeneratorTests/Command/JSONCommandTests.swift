import Foundation
import Testing

@testable import Generator

@Suite("The command json")
struct JSONCommandTests {
    @Test("prints the document in its own order, compact or with a line for each member")
    func prints() throws {
        try Tools.withFolder { folder in
            let document = folder.appending(path: "a.yaml").path(percentEncoded: false)
            try Data("b: {c: [0x10, +1.50, 'ä\"', []], d: {}}\na: ~\n".utf8).write(to: URL(filePath: document))
            let compact = try Tools.generate(["json", document])
            #expect(compact.output == #"{"b":{"c":[16,1.50,"ä\"",[]],"d":{}},"a":null}"# + "\n")
            #expect(compact.status == 0)
            let pretty = try Tools.generate(["json", "--pretty", document])
            #expect(
                pretty.output == """
                    {
                      "b": {
                        "c": [
                          16,
                          1.50,
                          "ä\\"",
                          []
                        ],
                        "d": {}
                      },
                      "a": null
                    }

                    """)
            let target = folder.appending(path: "a.json").path(percentEncoded: false)
            #expect(try Tools.generate(["json", document, "--output", target]).output.isEmpty)
            #expect(try String(contentsOfFile: target, encoding: .utf8) == compact.output)
        }
    }

    @Test("what is no document is told with its place")
    func broken() throws {
        try Tools.withFolder { folder in
            let document = folder.appending(path: "a.yaml").path(percentEncoded: false)
            try Data("a: 1\na: 2\n".utf8).write(to: URL(filePath: document))
            let result = try Tools.generate(["json", document])
            #expect(result.status == 1)
            #expect(result.output.isEmpty)
            #expect(result.errors.hasPrefix("\(document):2:1: error: the key `a` is already defined [duplicate-key]"))
        }
    }
}
