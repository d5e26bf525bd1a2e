internal import CZlib

/// The bytes behind a text in gzip ([RFC 1952](https://www.rfc-editor.org/rfc/rfc1952)).
///
/// - Returns: `nil` if it is none, is not whole, has something behind its end, or has more than `limit` bytes.
public func gunzip(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
    guard let count = UInt32(exactly: bytes.count), let room = UInt32(exactly: limit) else { return nil }
    var stream = z_stream()
    guard czlib_start_gunzip(&stream) == Z_OK else { return nil }
    defer { inflateEnd(&stream) }
    var isComplete = false
    let expanded = [UInt8](unsafeUninitializedCapacity: limit) { output, written in
        bytes.withUnsafeBufferPointer { input in
            // zlib only reads there; its declaration leaves out the `const`.
            stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            stream.avail_in = count
            stream.next_out = output.baseAddress
            stream.avail_out = room
            isComplete = inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_in == 0
        }
        written = Int(room - stream.avail_out)
    }
    return isComplete ? expanded : nil
}
