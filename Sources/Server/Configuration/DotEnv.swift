import FoundationEssentials
import Glibc

/// The file `.env` in the working directory: `NAME=value` lines, `#` comments, values optionally in quotes.
enum DotEnv {
    /// Why the file is not used.
    struct Refused: Error, Equatable {
        let message: String
    }

    /// The file's variables; `nil` if there is no such file.
    ///
    /// Whoever can write it can choose the keys that tokens are checked with, so it must belong to us or to root, and
    /// nobody else may write it.
    static func read(path: String = ".env") throws(Refused) -> [String: String]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw Refused(message: ".env cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw Refused(message: ".env is not a regular file")
        }
        guard status.st_uid == geteuid() || status.st_uid == 0 else {
            throw Refused(message: ".env belongs to another user; it must belong to you or to root")
        }
        guard status.st_mode & (S_IWGRP | S_IWOTH) == 0 else {
            throw Refused(message: ".env can be written by others; chmod go-w .env")
        }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= 1 << 20 {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Refused(message: ".env is not UTF-8") }
        return try parse(text)
    }

    /// The variables of the text.
    static func parse(_ text: String) throws(Refused) -> [String: String] {
        var variables: [String: String] = [:]
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            var line = String(Substring(line)).trimmingBlanks()
            if line.isEmpty || line.hasPrefix("#") { continue }
            if line.hasPrefix("export ") { line = String(line.dropFirst(7)).trimmingBlanks() }
            guard let equals = line.firstIndex(of: "=") else {
                throw Refused(message: ".env:\(index + 1): not of the form NAME=value")
            }
            let name = String(line[..<equals]).trimmingBlanks()
            guard let first = name.utf8.first, !(0x30...0x39).contains(first), name.utf8.allSatisfy(isNameByte) else {
                throw Refused(message: ".env:\(index + 1): not a variable's name before the =")
            }
            variables[name] = try value(String(line[line.index(after: equals)...]), line: index + 1)
        }
        return variables
    }

    private static func value(_ text: String, line: Int) throws(Refused) -> String {
        let text = text.trimmingBlanks()
        guard let quote = text.first, quote == "\"" || quote == "'" else {
            // Behind an unquoted value a comment may follow, after a blank.
            if text.hasPrefix("#") { return "" }
            let comment = text.indices.dropFirst().first { text[$0] == "#" && text[text.index(before: $0)] == " " }
            return String(text[..<(comment ?? text.endIndex)]).trimmingBlanks()
        }
        guard text.count >= 2, text.last == quote else { throw Refused(message: ".env:\(line): unclosed quote") }
        return String(text.dropFirst().dropLast())
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

extension String {
    fileprivate func trimmingBlanks() -> String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
        return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}
