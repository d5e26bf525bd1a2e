import Foundation

// For its lock, which sanitizers understand.
@testable import EventLoop
import TestSupport

/// Stands between a client and a server and does something to each connection, drawn from a seed.
///
/// Only what a receiver can notice: bytes that are changed within a body of the announced length are right as far as
/// HTTP can tell, so garbage stands where a head should begin, or behind an answer's end.
final class FaultProxy: Sendable {
    enum Fault: String, CaseIterable, Sendable {
        /// Nothing is done, but that the connection's life is short, as with all of them.
        case none
        /// The connection is closed before a byte is relayed.
        case kill
        /// Both directions end after some bytes.
        case cut
        /// The same, with a reset.
        case reset
        /// Nothing is relayed any more after some bytes, and the connection stays open.
        case hang
        /// Bytes of chance instead of a message's beginning.
        case garbage
        /// A whole second answer behind the first one, in one piece with its end.
        case surplus
        /// A few bytes at a time.
        case drip
        /// The announced length is larger than the body's, or stands there twice.
        case wrongLength
    }

    /// Which way the faults are applied.
    enum Direction: Sendable {
        case requests
        case answers
    }

    let port: UInt16
    private let listener: Int32
    private let target: UInt16
    private let direction: Direction
    private let faults: [Fault]
    private let generator: Lock<Seeded>
    private let done = Lock<[Fault: Int]>([:])
    private let open = Lock<Set<Int32>>([])
    private let isCalm = Lock(false)

    init(to target: UInt16, _ direction: Direction, _ faults: [Fault], seed: UInt64) throws {
        self.target = target
        self.direction = direction
        self.faults = faults
        generator = Lock(Seeded(state: seed))
        (listener, port) = try listeningSocket()
        Thread.detachNewThread { [self] in
            while case let connection = accept(listener, nil, nil), connection >= 0 {
                let plan = generator.withLock { generator in
                    let fault = isCalm.withLock { $0 } ? .none : self.faults.randomElement(using: &generator) ?? .none
                    return Plan(fault: fault, generator: Seeded(state: generator.next()))
                }
                done.withLock { $0[plan.fault, default: 0] += 1 }
                open.withLock { _ = $0.insert(connection) }
                Thread.detachNewThread { [self] in
                    relay(connection, plan)
                    open.withLock { _ = $0.remove(connection) }
                    close(connection)
                }
            }
            // Only here: a descriptor closed elsewhere could be another's before `accept` is called again.
            close(listener)
        }
    }

    /// How often each fault was done.
    var counts: [Fault: Int] { done.withLock { $0 } }

    /// From now on new connections are left alone, and those that are open are ended.
    func calm() {
        isCalm.withLock { $0 = true }
        open.withLock { for connection in $0 { shutdown(connection, Int32(SHUT_RDWR)) } }
    }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        calm()
    }

    /// What is done to one connection.
    private struct Plan {
        let fault: Fault
        var generator: Seeded
    }

    private func relay(_ near: Int32, _ plan: Plan) {
        var plan = plan
        guard plan.fault != .kill, let far = connectLocally(target) else { return }
        defer { close(far) }
        // Early as often as late: heads are short, bodies long.
        let limit = Int.random(in: 0...(1 << Int.random(in: 2...17, using: &plan.generator)), using: &plan.generator)
        var relayed = 0
        // No connection lives for long: else the good ones would carry everything.
        var life = isCalm.withLock { $0 } ? Int.max : Int.random(in: 1...12, using: &plan.generator)
        var polled = [
            pollfd(fd: near, events: Int16(POLLIN), revents: 0), pollfd(fd: far, events: Int16(POLLIN), revents: 0),
        ]
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while poll(&polled, 2, 10_000) > 0 {
            for index in 0..<2 where polled[index].revents != 0 {
                let (from, to) = index == 0 ? (near, far) : (far, near)
                let count = recv(from, &buffer, buffer.count, 0)
                guard count > 0 else { return }
                let piece = Array(buffer[..<count])
                guard (index == 0) == (direction == .requests) else {
                    guard sendWhole(piece, to: to) else { return }
                    continue
                }
                guard pass(piece, to: to, near: near, far: far, after: &relayed, limit: limit, &plan) else { return }
                life -= 1
                if life == 0 { return }
            }
        }
    }

    /// Sends a piece on as the plan says; false ends the connection.
    private func pass(
        _ piece: [UInt8], to: Int32, near: Int32, far: Int32, after relayed: inout Int, limit: Int, _ plan: inout Plan
    ) -> Bool {
        defer { relayed += piece.count }
        let isFirst = relayed == 0
        let ends = relayed + piece.count > limit
        switch plan.fault {
        case .none, .kill: return sendWhole(piece, to: to)
        case .cut, .reset, .hang:
            guard ends else { return sendWhole(piece, to: to) }
            _ = sendWhole(Array(piece.prefix(limit - relayed)), to: to)
            if plan.fault == .reset {
                for descriptor in [near, far] {
                    var option = linger(l_onoff: 1, l_linger: 0)
                    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
                }
            } else if plan.fault == .hang {
                // Until the side that waits gives up: POLLRDHUP, which Glibc's module lacks.
                var side = pollfd(fd: to, events: Int16(POLLIN) | 0x2000, revents: 0)
                poll(&side, 1, 2_000)
            }
            return false
        case .garbage:
            guard isFirst else { return sendWhole(piece, to: to) }
            let count = Int.random(in: 1...300, using: &plan.generator)
            let bytes = [1] + (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &plan.generator) }
            return sendWhole(bytes + piece, to: to)
        case .surplus:
            // Whole answers only: the announced length is all there.
            guard piece.starts(with: Array("HTTP/1.1 200".utf8)), piece.last == UInt8(ascii: "}"),
                let end = headEnd(piece),
                String(decoding: piece[..<end], as: UTF8.self)
                    .contains("Content-Length: \(piece.count - end)\r\n")
            else { return sendWhole(piece, to: to) }
            return sendWhole(piece + RecordingUpstream.ok(#"{"forged":true}"#), to: to)
        case .drip:
            var rest = piece[...]
            // Only the beginning: a whole body would take longer than the test.
            for _ in 0..<100 where !rest.isEmpty {
                guard sendWhole(Array(rest.prefix(3)), to: to) else { return false }
                rest = rest.dropFirst(3)
                usleep(200)
            }
            return sendWhole(Array(rest), to: to)
        case .wrongLength:
            let text = String(decoding: piece, as: UTF8.self)
            guard let name = text.range(of: "Content-Length: ") else { return sendWhole(piece, to: to) }
            let change =
                Bool.random(using: &plan.generator) ? "Content-Length: 1" : "Content-Length: 3\r\nContent-Length: "
            return sendWhole(Array(text.replacingCharacters(in: name, with: change).utf8), to: to)
        }
    }
}

/// The same numbers from the same seed (SeededGenerator).
struct Seeded: RandomNumberGenerator, Sendable {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// A connection to a port of the loopback interface.
func connectLocally(_ port: UInt16) -> Int32? {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let status = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
    guard status == 0 else {
        close(descriptor)
        return nil
    }
    var one: Int32 = 1
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    return descriptor
}
