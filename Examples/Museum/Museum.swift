import APIRuntime
import MuseumAPI
import Synchronization

/// The whole museum, in memory.
final class Museum: Sendable {
    private struct State {
        var events: [UniqueIdentifier: SpecialEvent] = [:]
        /// In the order in which they were made.
        var order: [UniqueIdentifier] = []
        var tickets: Set<UniqueIdentifier> = []
    }

    private let state: Mutex<State>

    init() {
        var state = State()
        let party = SpecialEvent(
            eventId: UniqueIdentifier(high: 0x6744_a0da_4121_49cd, low: 0x8479_f8cc_2052_6495),
            name: "Tea with Historians",
            location: "Tearoom", eventDescription: "Bring your own century.",
            dates: ["2030-11-18", "2030-11-25"].compactMap { CalendarDate($0) }, price: 60)
        if let id = party.eventId {
            state.events[id] = party
            state.order = [id]
        }
        self.state = Mutex(state)
    }

    /// What a page has of all items.
    private static func page<Item>(_ page: Int, of limit: Int, _ items: [Item]) throws -> ArraySlice<Item> {
        guard page >= 1, limit >= 0 else {
            throw APIFailure.invalidInput([
                Violation(
                    .query, page < 1 ? "page" : "limit", rule: "minimum",
                    message: "must be at least \(page < 1 ? 1 : 0)")
            ])
        }
        let (first, isBeyond) = (page - 1).multipliedReportingOverflow(by: limit)
        return isBeyond ? [] : items.dropFirst(first).prefix(limit)
    }

    private static func missing(_ what: String) -> Responses.NotFound {
        Responses.NotFound(body: .value(ErrorModel(type: "about:blank", title: "There is no such \(what).")))
    }
}

extension Museum: OperationsAPI {
    /// Open from nine to six, at weekends from ten to four, never on Mondays; as far as the calendar of a year goes.
    func getMuseumHours(_ input: GetMuseumHours.Input) async throws -> GetMuseumHours.Output {
        let first = input.startDate ?? DateTime.now.calendarDate
        let days = (0..<365).compactMap { first.adding(days: $0) }.filter { $0.weekday != 1 }
        let hours = try Self.page(input.page, of: input.limit, days).map { day in
            let isWeekend = day.weekday >= 6
            return MuseumDailyHours(
                date: day, timeOpen: isWeekend ? "10:00" : "09:00", timeClose: isWeekend ? "16:00" : "18:00")
        }
        return .ok(.init(body: .value(hours)))
    }
}

extension Museum: EventsAPI {
    func createSpecialEvent(_ input: CreateSpecialEvent.Input) async throws -> CreateSpecialEvent.Output {
        var event = input.body
        let id = UniqueIdentifier()
        event.eventId = id
        state.withLock { state in
            state.events[id] = event
            state.order.append(id)
        }
        return .created(.init(body: .value(event)))
    }

    func listSpecialEvents(_ input: ListSpecialEvents.Input) async throws -> ListSpecialEvents.Output {
        let all = state.withLock { state in state.order.compactMap { state.events[$0] } }
        let events = all.filter { event in
            (input.startDate == nil && input.endDate == nil)
                || event.dates.contains { date in
                    input.startDate.map { date >= $0 } ?? true && input.endDate.map { date <= $0 } ?? true
                }
        }
        return .ok(.init(body: .value(Array(try Self.page(input.page, of: input.limit, events)))))
    }

    func getSpecialEvent(_ input: GetSpecialEvent.Input) async throws -> GetSpecialEvent.Output {
        guard let event = state.withLock({ $0.events[input.eventId] }) else {
            return .notFound(Self.missing("event"))
        }
        return .ok(.init(body: .value(event)))
    }

    func updateSpecialEvent(_ input: UpdateSpecialEvent.Input) async throws -> UpdateSpecialEvent.Output {
        let changed = state.withLock { state -> SpecialEvent? in
            let id = input.eventId
            guard var event = state.events[id] else { return nil }
            event.name = input.body.name ?? event.name
            event.location = input.body.location ?? event.location
            event.eventDescription = input.body.eventDescription ?? event.eventDescription
            event.dates = input.body.dates ?? event.dates
            event.price = input.body.price ?? event.price
            state.events[id] = event
            return event
        }
        guard let changed else { return .notFound(Self.missing("event")) }
        return .ok(.init(body: .value(changed)))
    }

    func deleteSpecialEvent(_ input: DeleteSpecialEvent.Input) async throws -> DeleteSpecialEvent.Output {
        let id = input.eventId
        let removed = state.withLock { state in
            state.order.removeAll { $0 == id }
            return state.events.removeValue(forKey: id)
        }
        return removed == nil ? .notFound(Self.missing("event")) : .noContent(.init())
    }
}

extension Museum: TicketsAPI {
    func buyMuseumTickets(_ input: BuyMuseumTickets.Input) async throws -> BuyMuseumTickets.Output {
        let wish = input.body
        if wish.ticketType == .event {
            guard let event = wish.eventId else {
                let problem = ErrorModel(type: "about:blank", title: "A ticket for an event needs `eventId`.")
                return .badRequest(.init(body: .value(problem)))
            }
            guard state.withLock({ $0.events[event] != nil }) else {
                return .notFound(Self.missing("event"))
            }
        }
        let id = UniqueIdentifier()
        state.withLock { _ = $0.tickets.insert(id) }
        return .created(
            .init(
                body: .value(
                    MuseumTicketsConfirmation(
                        ticketId: id, ticketDate: wish.ticketDate, ticketType: wish.ticketType, eventId: wish.eventId,
                        message: "Museum \(wish.ticketType.rawValue) ticket purchased",
                        confirmationCode: "ticket-\(wish.ticketType.rawValue)-\(id.description.prefix(6))"))))
    }

    func getTicketCode(_ input: GetTicketCode.Input) async throws -> GetTicketCode.Output {
        let id = input.ticketId
        guard state.withLock({ $0.tickets.contains(id) }) else { return .notFound(Self.missing("ticket")) }
        return .ok(.init(body: .bytes(TicketImage.png(of: id))))
    }
}
