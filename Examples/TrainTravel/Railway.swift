import APIRuntime
import Synchronization
import TrainTravelAPI

/// Two stations, the trips between them, and bookings, in memory.
final class Railway: Sendable {
    private let bookings = Mutex<(all: [UniqueIdentifier: Booking], order: [UniqueIdentifier])>(([:], []))

    static let stations = [
        Station(
            id: UniqueIdentifier(high: 0xefdb_b9d1_02c2_4bc3, low: 0xafb7_6788_d878_2b1e), name: "Berlin Hauptbahnhof",
            address: "Europaplatz 1, Berlin", countryCode: "DE", timezone: "Europe/Berlin"),
        Station(
            id: UniqueIdentifier(high: 0xb2e7_83e1_c824_4d63, low: 0xb37a_d8d6_9886_2f1d), name: "Paris Gare du Nord",
            address: "Rue de Dunkerque 18, Paris", countryCode: "FR", timezone: "Europe/Paris"),
    ]

    static let trips = [
        Trip(
            id: UniqueIdentifier(high: 0xea39_9ba1_6d95_433f, low: 0x92d1_83f6_7b77_5594), origin: "\(stations[0].id)",
            destination: "\(stations[1].id)", departureTime: time(10), arrivalTime: time(16), operator: "Night Rail",
            price: 50,
            bicyclesAllowed: true, dogsAllowed: true),
        Trip(
            id: UniqueIdentifier(high: 0x4d67_459c_af07_40bb, low: 0xbb12_178d_bb88_e09f), origin: "\(stations[1].id)",
            destination: "\(stations[0].id)", departureTime: time(12), arrivalTime: time(18), operator: "Day Rail",
            price: 45,
            bicyclesAllowed: false, dogsAllowed: true),
    ]

    /// An hour of the first of February 2030, in UTC.
    private static func time(_ hour: Int) -> DateTime? { DateTime(secondsSince1970: 1_896_134_400 + hour * 3600) }

    /// In small letters, as the document has trips tell their stations by text.
    private static func normalized(_ id: UniqueIdentifier) -> UniqueIdentifier {
        UniqueIdentifier(high: id.high, low: id.low)
    }

    private static let base = "https://api.example.com"

    /// What a page has of all items. The document bounds page and limit.
    private static func page<Item>(_ page: Int, of limit: Int, _ items: [Item]) -> [Item] {
        let (first, isBeyond) = (page - 1).multipliedReportingOverflow(by: limit)
        return isBeyond ? [] : Array(items.dropFirst(first).prefix(limit))
    }

    private static var missing: Responses.NotFound {
        Responses.NotFound(
            body: .problemJSON(.value(Problem(title: "Not Found", detail: "There is no such booking.", status: 404))))
    }
}

extension Railway: StationsAPI {
    func getStations(_ input: GetStations.Input) async throws -> GetStations.Output {
        let found = Self.stations.filter { station in
            input.country.map { station.countryCode == $0 } ?? true
                && input.search.map { station.name.lowercased().contains($0.lowercased()) } ?? true
        }
        let body = GetStations.Output.OK.JSONBody(
            data: Self.page(input.page, of: input.limit, found), links: .init(selfValue: URI("\(Self.base)/stations")))
        return .ok(.init(cacheControl: "max-age=3600", body: .json(.value(body))))
    }
}

extension Railway: TripsAPI {
    func getTrips(_ input: GetTrips.Input) async throws -> GetTrips.Output {
        let (origin, destination) = ("\(Self.normalized(input.origin))", "\(Self.normalized(input.destination))")
        let found = Self.trips.filter { trip in
            trip.origin == origin && trip.destination == destination
                && (!input.bicycles || trip.bicyclesAllowed == true) && (!input.dogs || trip.dogsAllowed == true)
        }
        let items = Self.page(input.page, of: input.limit, found).map { trip in
            GetTrips.Output.OK.JSONBody.DataItem(
                id: trip.id, origin: trip.origin, destination: trip.destination, departureTime: trip.departureTime,
                arrivalTime: trip.arrivalTime, operator: trip.operator, price: trip.price,
                bicyclesAllowed: trip.bicyclesAllowed, dogsAllowed: trip.dogsAllowed)
        }
        let body = GetTrips.Output.OK.JSONBody(data: items, links: .init(selfValue: URI("\(Self.base)/trips")))
        return .ok(.init(cacheControl: "no-store", body: .json(.value(body))))
    }
}

extension Railway: BookingsAPI {
    func getBookings(_ input: GetBookings.Input) async throws -> GetBookings.Output {
        let all = bookings.withLock { state in state.order.compactMap { state.all[$0] } }
        let body = GetBookings.Output.OK.JSONBody(
            data: Self.page(input.page, of: input.limit, all), links: .init(selfValue: URI("\(Self.base)/bookings")))
        return .ok(.init(cacheControl: "no-store", body: .json(.value(body))))
    }

    func createBooking(_ input: CreateBooking.Input) async throws -> CreateBooking.Output {
        guard case .json(var booking) = input.body else {
            let problem = Problem(title: "Bad Request", detail: "This railway reads JSON only.", status: 400)
            return .badRequest(.init(body: .problemJSON(.value(problem))))
        }
        if let trip = booking.tripID, !Self.trips.contains(where: { $0.id == trip }) {
            let problem = Problem(title: "Not Found", detail: "There is no such trip.", status: 404)
            return .notFound(.init(body: .problemJSON(.value(problem))))
        }
        let id = UniqueIdentifier()
        booking.id = id
        bookings.withLock { [booking] state in
            state.all[id] = booking
            state.order.append(id)
        }
        let body = CreateBooking.Output.Created.JSONBody(
            id: id, tripID: booking.tripID, passengerName: booking.passengerName, hasBicycle: booking.hasBicycle,
            hasDog: booking.hasDog, links: LinksSelf(selfValue: URI("\(Self.base)/bookings/\(id)")))
        return .created(.init(body: .json(.value(body))))
    }

    func getBooking(_ input: GetBooking.Input) async throws -> GetBooking.Output {
        let id = input.bookingId
        guard let booking = bookings.withLock({ $0.all[id] }) else { return .notFound(Self.missing) }
        let body = GetBooking.Output.OK.JSONBody(
            id: id, tripID: booking.tripID, passengerName: booking.passengerName, hasBicycle: booking.hasBicycle,
            hasDog: booking.hasDog, links: LinksSelf(selfValue: URI("\(Self.base)/bookings/\(id)")))
        return .ok(.init(cacheControl: "no-store", body: .json(.value(body))))
    }

    func deleteBooking(_ input: DeleteBooking.Input) async throws -> DeleteBooking.Output {
        let id = input.bookingId
        let removed = bookings.withLock { state in
            state.order.removeAll { $0 == id }
            return state.all.removeValue(forKey: id)
        }
        return removed == nil ? .notFound(Self.missing) : .noContent(.init())
    }
}

extension Railway: PaymentsAPI {
    /// Every payment succeeds: nobody's money moves. The document has no answer for a booking that is not there.
    func createBookingPayment(_ input: CreateBookingPayment.Input) async throws -> CreateBookingPayment.Output {
        let payment = input.body
        let body = CreateBookingPayment.Output.OK.BodyValue(
            id: UniqueIdentifier(), amount: payment.amount,
            currency: payment.currency.flatMap { .init(rawValue: $0.rawValue) }, status: .succeeded,
            links: LinksBooking(booking: URI("\(Self.base)/bookings/\(input.bookingId)")))
        return .ok(.init(cacheControl: "no-store", body: .value(body)))
    }
}
