import APIRuntime

/// A ticket as a picture: a square of 16 by 16 fields that its id makes black or white. No camera reads it, but no two
/// tickets look the same.
enum TicketImage {
    private static let side = 16
    private static let scale = 8

    /// The picture as PNG (https://www.w3.org/TR/png-3/), in grey, not compressed.
    static func png(of id: UniqueIdentifier) -> [UInt8] {
        let size = side * scale
        var generator = id.high &* 0x9e37_79b9_7f4a_7c15 ^ id.low
        var fields: [Bool] = []
        for _ in 0..<(side * side) {
            generator = generator &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            fields.append(generator >> 63 == 1)
        }
        var pixels: [UInt8] = []
        for row in 0..<size {
            pixels.append(0)
            for column in 0..<size { pixels.append(fields[row / scale * side + column / scale] ? 0x00 : 0xFF) }
        }
        var png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        png += chunk("IHDR", bytes(UInt32(size)) + bytes(UInt32(size)) + [8, 0, 0, 0, 0])
        png += chunk("IDAT", stored(pixels))
        return png + chunk("IEND", [])
    }

    /// A zlib stream of one stored block (RFC 1950 and 1951); there is room for 65,535 bytes in it.
    private static func stored(_ data: [UInt8]) -> [UInt8] {
        let count = UInt16(data.count)
        var low: UInt32 = 1
        var high: UInt32 = 0
        for byte in data {
            low = (low + UInt32(byte)) % 65_521
            high = (high + low) % 65_521
        }
        let header: [UInt8] = [
            0x78, 0x01, 0x01, UInt8(count & 0xFF), UInt8(count >> 8), UInt8(~count & 0xFF), UInt8(~count >> 8),
        ]
        return header + data + bytes(high << 16 | low)
    }

    private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
        let content = Array(type.utf8) + data
        var sum: UInt32 = 0xFFFF_FFFF
        for byte in content {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        return bytes(UInt32(data.count)) + content + bytes(~sum)
    }

    private static func bytes(_ number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(number >> UInt32($0) & 0xFF) }
    }
}
