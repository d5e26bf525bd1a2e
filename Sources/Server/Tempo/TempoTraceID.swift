import APIRuntime
import OTLP

extension TraceID {
    /// An id as it stands in Tempo's paths: at most 32 hexadecimal digits, zeros in front may be missing.
    ///
    /// - Throws: ``APIFailure``, a 400 in Tempo's words.
    init(tempoPath text: String) throws(APIFailure) {
        for (index, scalar) in text.unicodeScalars.enumerated() {
            switch scalar {
            case "0"..."9", "a"..."f", "A"..."F": continue
            default:
                throw APIFailure(
                    .invalidInput,
                    detail:
                        "trace IDs can only contain hex characters: invalid character '\(scalar)' at position \(index + 1)"
                )
            }
        }
        guard let id = TraceID(shortHexadecimal: text) else {
            throw APIFailure(.invalidInput, detail: "trace IDs can't be larger than 128 bits")
        }
        self = id
    }

    /// As Tempo's search writes it: without zeros in front.
    var tempoSearchText: String {
        let digits = hexadecimal.utf8.drop { $0 == UInt8(ascii: "0") }
        return digits.isEmpty ? "0" : String(Substring(digits))
    }
}
