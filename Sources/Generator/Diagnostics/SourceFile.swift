/// The bytes of a file that was read.
struct SourceFile: Sendable {
    /// The path as it was given, which is how diagnostics name the file; its URL where another host has it.
    let path: String
    let bytes: [UInt8]
    /// Whether it was fetched from another host.
    var isRemote = false

    /// Where each line begins. Lines end with LF, CR LF or CR, as YAML has it.
    /// https://yaml.org/spec/1.2.2/#54-line-break-characters
    var lineStarts: [Int] {
        var starts = [0]
        for (index, byte) in bytes.enumerated() {
            let next = index + 1
            switch byte {
            case UInt8(ascii: "\n"): starts.append(next)
            case UInt8(ascii: "\r") where next == bytes.count || bytes[next] != UInt8(ascii: "\n"): starts.append(next)
            default: break
            }
        }
        return starts
    }

    /// The location of a byte offset, for errors that are found in bytes.
    func location(ofByte offset: Int, file: UInt32) -> Location {
        let starts = lineStarts
        let line = starts.lastIndex { $0 <= offset } ?? 0
        let column = bytes[starts[line]..<min(offset, bytes.count)].count { $0 & 0xC0 != 0x80 }
        return Location(file: file, line: UInt32(line + 1), column: UInt32(column + 1))
    }
}
