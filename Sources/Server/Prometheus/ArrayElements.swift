import JSON

/// Takes the elements of one array out of a JSON text while it arrives, each on its own, such as the groups of
/// `{"status":"success","data":{"groups":[…]}}`. What stands beside the array is read over.
struct ArrayElements {
    private let path: [String]
    private var tokenizer: JSONTokenizer
    /// How many names of the path lead to the object that is open.
    private var matched = 0
    /// The next value is that of the path's next name.
    private var isOnPath = false
    private var place = Place.outside
    private var writer = JSONWriter()
    private let maximumBytes: Int
    private(set) var wasFound = false
    /// Whether the text is an object, in which the array is missing as Protobuf's JSON leaves out an empty one: there is no
    /// other value in its place, and what stands beside it shows that it is the answer in question.
    private(set) var wasLeftOut = false
    private var isOther = false
    private var isObject = false
    private var hasNames = false
    private var hasCompanion = false
    private let companion: String?

    private enum Place { case outside, list(depth: Int), element(depth: Int) }

    /// An element is larger than the limit, or the text has no such array.
    enum Failure: Error, CustomStringConvertible {
        case tooLarge(limit: Int)
        case missing(String)
        case malformed(JSONError)

        var description: String {
            switch self {
            case .tooLarge(let limit): "an element has more than \(limit) bytes"
            case .missing(let path): "there is no array \(path)"
            case .malformed(let error): "\(error)"
            }
        }
    }

    /// - Parameters:
    ///   - path: the names that lead from the text's object to the array.
    ///   - companion: the name of a member by which the answer is known where the array is left out.
    ///   - maximumBytes: how large one element may be.
    init(at path: [String], companion: String? = nil, maximumBytes: Int) {
        self.path = path
        self.companion = companion
        self.maximumBytes = maximumBytes
        tokenizer = JSONTokenizer(
            limits: JSONLimits(
                bytes: .max, depth: JSONLimits.greatestDepth, members: .max, tokenBytes: max(1 << 20, maximumBytes)))
    }

    /// Reads the next bytes and hands each element that is whole to `body`.
    mutating func append(_ chunk: [UInt8], _ body: (JSONValue) throws -> Void) throws {
        tokenizer.append(chunk)
        try drain(body)
    }

    /// Says that the text ends here.
    ///
    /// - Throws: ``Failure`` if it is not whole or has no such array.
    mutating func finish(_ body: (JSONValue) throws -> Void) throws {
        tokenizer.finish()
        try drain(body)
        guard wasFound else { throw Failure.missing(path.joined(separator: ".")) }
    }

    private mutating func drain(_ body: (JSONValue) throws -> Void) throws {
        while let token = try next() {
            switch place {
            case .outside: takeOutside(token)
            case .list(let depth):
                if token.kind == .endArray {
                    place = .outside
                } else {
                    place = .element(depth: depth)
                    try takeInside(token, listDepth: depth, body)
                }
            case .element(let depth): try takeInside(token, listDepth: depth, body)
            }
        }
    }

    private mutating func next() throws(Failure) -> JSONToken? {
        do throws(JSONError) {
            return try tokenizer.next()
        } catch {
            throw .malformed(error)
        }
    }

    private mutating func takeOutside(_ token: JSONToken) {
        if let companion { lookAround(token, companion) }
        switch token.kind {
        case .name:
            isOnPath =
                tokenizer.depth == matched + 1 && matched < path.count
                && tokenizer.content(of: token, equals: path[matched])
            return
        case .beginObject where isOnPath && matched + 1 < path.count: matched += 1
        case .beginArray where isOnPath && matched + 1 == path.count && !wasFound:
            wasFound = true
            place = .list(depth: tokenizer.depth)
        // How Go writes an array that was never made.
        case .null where isOnPath && matched + 1 == path.count: wasFound = true
        case .endObject where tokenizer.depth < matched + 1 && matched > 0: matched -= 1
        default: break
        }
        isOnPath = false
    }

    private mutating func lookAround(_ token: JSONToken, _ companion: String) {
        switch token.kind {
        case .name where tokenizer.depth == 1:
            hasNames = true
            if tokenizer.content(of: token, equals: companion) { hasCompanion = true }
        case .beginArray, .null: break
        case .beginObject where tokenizer.depth == 1 && !isOnPath: isObject = true
        default: if isOnPath && matched + 1 == path.count { isOther = true }
        }
        wasLeftOut = isObject && !isOther && (hasCompanion || !hasNames)
    }

    private mutating func takeInside(
        _ token: JSONToken, listDepth: Int, _ body: (JSONValue) throws -> Void
    ) throws {
        switch token.kind {
        case .beginObject: writer.beginObject()
        case .endObject: writer.endObject()
        case .beginArray: writer.beginArray()
        case .endArray: writer.endArray()
        case .name: writer.name(raw: tokenizer.bytes(of: token))
        case .string, .number, .true, .false, .null: writer.raw(tokenizer.bytes(of: token))
        }
        guard writer.bytes.count <= maximumBytes else { throw Failure.tooLarge(limit: maximumBytes) }
        guard tokenizer.depth == listDepth else { return }
        place = .list(depth: listDepth)
        let bytes = writer.bytes
        writer = JSONWriter()
        do {
            try body(JSONParser.parse(bytes, limits: Self.elementLimits))
        } catch let error as JSONError {
            throw Failure.malformed(error)
        }
    }

    private static let elementLimits = JSONLimits(
        bytes: .max, depth: JSONLimits.greatestDepth, members: .max, tokenBytes: .max)
}
