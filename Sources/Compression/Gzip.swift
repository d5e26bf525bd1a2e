internal import CZlib

/// The bytes in gzip ([RFC 1952](https://www.rfc-editor.org/rfc/rfc1952)), without a name or a time: the same bytes give
/// the same result.
///
/// - Returns: `nil` if zlib has no memory, or there are 2^32 bytes or more.
public func gzip(_ bytes: [UInt8], level: Int32 = 9) -> [UInt8]? {
    guard let count = UInt32(exactly: bytes.count) else { return nil }
    var stream = z_stream()
    guard czlib_start_gzip(&stream, level) == Z_OK else { return nil }
    defer { deflateEnd(&stream) }
    let bound = deflateBound(&stream, UInt(count))
    guard let room = UInt32(exactly: bound) else { return nil }
    var isComplete = false
    let coded = [UInt8](unsafeUninitializedCapacity: Int(room)) { output, written in
        bytes.withUnsafeBufferPointer { input in
            // zlib only reads there; its declaration leaves out the `const`.
            stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            stream.avail_in = count
            stream.next_out = output.baseAddress
            stream.avail_out = room
            isComplete = deflate(&stream, Z_FINISH) == Z_STREAM_END
        }
        written = Int(room - stream.avail_out)
    }
    return isComplete ? coded : nil
}
