import JSON
import Testing

@Suite("JSON objects and values")
struct JSONObjectTests {
    @Test("Members keep their order and are found by name, few or many", arguments: [0, 1, 11, 12, 13, 14, 500])
    func findsMembers(count: Int) throws {
        let names = (0..<count).map { "name\($0 * 7_919 % 1_000)" }
        let text = "{" + names.enumerated().map { "\"\($1)\":\($0)" }.joined(separator: ",") + "}"
        var object = try #require(try JSONParser.parse(Array(text.utf8)).objectValue)
        #expect(object.members.map(\.name) == names)
        for (index, name) in names.enumerated() { #expect(object[name]?.numberValue?.integer == index) }
        #expect(object["absent"] == nil)
        #expect(!object.contains("absent"))

        if let middle = names.dropFirst(count / 2).first {
            object[middle] = "replaced"
            #expect(object.count == count)
            #expect(object[middle] == "replaced")
            object[middle] = nil
            #expect(object[middle] == nil)
            #expect(object.count == count - 1)
            object[middle] = true
            #expect(object.members.last?.name == middle)
        }
        for (index, name) in names.enumerated() where index != count / 2 {
            #expect(object[name]?.numberValue?.integer == index)
        }
    }

    @Test("A name twice is refused among many members too", arguments: [1, 12, 13, 300])
    func refusesDuplicates(count: Int) throws {
        for repeated in [0, count / 2, count - 1] {
            let members = (0..<count).map { "\"n\($0)\":0" } + ["\"n\(repeated)\":0"]
            let text = "{" + members.joined(separator: ",") + "}"
            let error = #expect(throws: JSONError.self) { try JSONParser.parse(Array(text.utf8)) }
            #expect(error?.kind == .duplicateName)
            #expect(error?.offset == text.utf8.count - members[count].utf8.count - 1)
        }
    }

    @Test("Canonically equivalent names and strings are different")
    func comparesBytes() throws {
        for filler in [0, 20] {
            var object = JSONObject()
            for index in 0..<filler { object["filler\(index)"] = .null }
            object["\u{E9}"] = 1
            object["e\u{301}"] = 2
            #expect(object.count == filler + 2)
            #expect(object["\u{E9}"] == 1)
            #expect(object["e\u{301}"] == 2)
        }
        #expect(JSONValue.string("\u{E9}") != .string("e\u{301}"))
    }

    @Test("Equality regards kinds, elements in order and members in any order")
    func comparesValues() {
        let values: [JSONValue] = [.null, false, true, 0, 1, "", "0", [], [1, 2], [2, 1], [:], ["a": 1], ["a": 2]]
        for (left, first) in values.enumerated() {
            for (right, second) in values.enumerated() { #expect((first == second) == (left == right)) }
        }
        #expect((["a": 1, "b": [true]] as JSONValue) == ["b": [true], "a": 1])
        #expect((["a": 1] as JSONValue) != ["a": 1, "b": 2])
        #expect((["a": .null] as JSONValue) != ["b": .null])
    }

    @Test("Values tell what they are")
    func exposesContents() throws {
        let value = try JSONParser.parse(Array(#"{"n":null,"b":true,"i":7,"s":"x","a":[1],"o":{"p":"q"}}"#.utf8))
        #expect(value["n"]?.isNull == true)
        #expect(value["b"]?.boolValue == true)
        #expect(value["i"]?.numberValue?.integer == 7)
        #expect(value["s"]?.stringValue == "x")
        #expect(value["a"]?.arrayValue == [1])
        #expect(value["o"]?["p"] == "q")
        #expect(value["s"]?["p"] == nil)
        #expect(value["s"]?.numberValue == nil)
        #expect(value["i"]?.stringValue == nil)
        #expect(value["b"]?.isNull == false)
    }
}
