import APIRuntime
import Testing

@Suite("Which media types a caller accepts")
struct AcceptedMediaTypesTests {
    private enum ContentType: String, CaseIterable {
        case old = "text/plain; version=0.0.4"
        case new = "text/plain; version=1.0.0"
        case open = "application/openmetrics-text; version=1.0.0; charset=utf-8"
        case json = "application/json"
    }

    private func ordered(_ accept: String) -> [ContentType] {
        AcceptedMediaTypes(["accept": accept]).ordered(ContentType.self)
    }

    @Test("without the field, or with an empty one, every media type is as good as another")
    func absent() {
        #expect(AcceptedMediaTypes([:]).ordered(ContentType.self) == ContentType.allCases)
        #expect(ordered("") == ContentType.allCases)
        #expect(AcceptedMediaTypes.any.preferred(ContentType.self) == .old)
    }

    @Test("the greatest weight comes first, and among equals the document's order holds")
    func weights() {
        #expect(ordered("application/json;q=0.9, text/plain;q=0.901") == [.old, .new, .json])
        #expect(ordered("*/*;q=0.1, application/json") == [.json, .old, .new, .open])
        #expect(
            ordered("application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.2")
                == [.open, .old, .new, .json])
    }

    @Test("the narrowest range decides, wherever it stands")
    func precision() {
        #expect(ordered("text/plain;version=1.0.0;q=0, text/*, */*;q=0") == [.old])
        #expect(ordered("*/*, text/*;q=0.5, text/plain;version=1.0.0;q=0.7") == [.open, .json, .new, .old])
        #expect(ordered("text/*;q=0.2, text/plain;q=0.3, application/json;q=0.25") == [.old, .new, .json])
    }

    @Test("a parameter that the media type does not have does not match, but for its charset of UTF-8")
    func parameters() {
        #expect(ordered("text/plain;version=2") == [])
        #expect(ordered("application/json; charset=UTF-8") == [.json])
        #expect(ordered("application/json; charset=latin1") == [])
        #expect(ordered("TEXT/Plain; Version=\"0.0.4\"") == [.old])
        #expect(ordered("application/json; q=1; level=1") == [.json])
    }

    @Test("what is refused or cannot be read accepts nothing")
    func nothing() {
        #expect(ordered("*/*;q=0").isEmpty)
        #expect(ordered("text/html").isEmpty)
        for accept in [
            "application/json;q=2", "application/json;q=0.1234", "application/json;q=", "*/json", "json", ",",
        ] {
            #expect(ordered(accept).isEmpty, "\(accept)")
        }
        #expect(ordered("nonsense, application/json") == [.json])
        #expect(AcceptedMediaTypes(["accept": "text/html"]).preferred(ContentType.self) == nil)
    }

    @Test("a media type is named only by its own name, with a weight above zero")
    func names() {
        for accept in ["application/protobuf", "text/html, APPLICATION/PROTOBUF;q=0.1", "application/protobuf;a=b"] {
            #expect(AcceptedMediaTypes(["accept": accept]).names("application/protobuf"), "\(accept)")
        }
        for accept in ["*/*", "application/*", "application/protobuf;q=0", "application/protobuf2", "", "x"] {
            #expect(!AcceptedMediaTypes(["accept": accept]).names("application/protobuf"), "\(accept)")
        }
        #expect(!AcceptedMediaTypes([:]).names("application/protobuf"))
    }

    @Test("several fields are one list")
    func severalFields() {
        let accepted = AcceptedMediaTypes(["accept": "text/plain;q=0.5", "Accept": "application/json"])
        #expect(accepted.preferred(ContentType.self) == .json)
    }

    @Test(
        "weights have at most three decimals and are at most 1",
        arguments: [
            ("0", 0), ("1", 1_000), ("0.", 0), ("0.5", 500), ("0.001", 1), ("1.000", 1_000), ("1.001", nil),
            ("0.1234", nil), ("", nil), (".5", nil), ("2", nil), ("-1", nil), ("0,5", nil),
        ] as [(String, Int?)])
    func qualityValues(text: String, value: Int?) {
        #expect(qualityValue(text) == value)
    }
}
