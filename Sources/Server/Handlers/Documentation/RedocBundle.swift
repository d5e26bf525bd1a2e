/// Redoc's bundle, `redoc.standalone.js`, as the operator gave it.
struct RedocBundle: Sendable {
    /// The file, to the byte.
    let bytes: [UInt8]
    /// A strong entity tag of it, with its quotes.
    let entityTag: String

    /// Why a file is no bundle of Redoc.
    struct Unusable: Error, CustomStringConvertible {
        let description: String
    }

    /// Reads the bundle and checks that it is one.
    ///
    /// - Throws: ``FileFailure`` if it cannot be read, ``Unusable`` if it is something else.
    init(file: String) throws {
        try self.init(bytes: readFile(file, atMostMebibytes: 16))
    }

    /// - Throws: ``Unusable`` if the bytes are something else, such as the page of an error that a download ended with.
    init(bytes: [UInt8]) throws(Unusable) {
        guard String(validating: bytes, as: UTF8.self) != nil else { throw Unusable(description: "it is not UTF-8") }
        guard bytes.first != UInt8(ascii: "<"), Self.find("Redoc", in: bytes) else {
            throw Unusable(description: "it is not Redoc's bundle, redoc.standalone.js")
        }
        self.bytes = bytes
        entityTag = EntityTag.of(bytes)
    }

    private static func find(_ word: StaticString, in bytes: [UInt8]) -> Bool {
        word.withUTF8Buffer { word in
            bytes.withUnsafeBufferPointer { bytes in
                var rest = bytes[...]
                while let start = rest.firstIndex(where: { $0 == word.first }) {
                    rest = rest[start...]
                    if rest.starts(with: word) { return true }
                    rest = rest.dropFirst()
                }
                return false
            }
        }
    }
}
