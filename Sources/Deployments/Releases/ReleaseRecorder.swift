import Foundation
public import ServiceModel

/// Where releases are written down: the server's own book, or the server over HTTP.
public protocol ReleaseLog: Sendable {
    /// - Returns: the release's number.
    /// - Throws: ``ReleaseLogError``.
    func begin(_ draft: ReleaseDraft, of app: String) async throws -> Int
    func add(_ steps: [ReleaseStep], deployment: String?, to revision: String?, number: Int, of app: String) async throws
    func end(_ end: ReleaseEnd, number: Int, of app: String) async throws
}

/// Why a release could not be written down.
public struct ReleaseLogError: Error, Sendable, CustomStringConvertible {
    public let description: String
    /// Trying again later will not help.
    public let isFinal: Bool

    public init(_ description: String, isFinal: Bool) {
        self.description = description
        self.isFinal = isFinal
    }
}

/// A release as its program knows it: what is sent later when the server is away.
public struct ReleaseRecord: Sendable, Hashable {
    public let app: String
    public var draft: ReleaseDraft
    public var steps: [ReleaseStep] = []
    public var end: ReleaseEnd?

    public init(app: String, draft: ReleaseDraft) {
        self.app = app
        self.draft = draft
    }

    /// Sends all of it. What the server has already is not there twice.
    ///
    /// - Returns: the release's number.
    /// - Throws: ``ReleaseLogError``.
    @discardableResult
    public func send(to log: any ReleaseLog) async throws -> Int {
        var draft = draft
        draft.deployment = draft.deployment ?? end?.deployment
        let number = try await log.begin(draft, of: app)
        if !steps.isEmpty { try await log.add(steps, deployment: draft.deployment, to: end?.to ?? draft.to, number: number, of: app) }
        if let end { try await log.end(end, number: number, of: app) }
        return number
    }

    public var json: JSON {
        ["app": .string(app), "draft": draft.json, "steps": .array(steps.map(\.json)), "end": end?.json ?? .null]
    }

    /// Reads what ``json`` wrote; nil for anything else, and for a record that is too old to be taken.
    public init?(_ json: JSON) {
        guard let app = json["app"].string, let draft = try? ReleaseDraft(json["draft"], by: json["draft"]["by"].string ?? "") else { return nil }
        self.init(app: app, draft: draft)
        steps = json["steps"].array.compactMap(ReleaseStep.init)
        if !json["end"].isNull {
            guard let end = try? ReleaseEnd(json["end"]) else { return nil }
            self.end = end
        }
    }
}

/// Writes down one deploy or rollback while it goes on. That the log cannot be reached never stops what is recorded.
public actor ReleaseRecorder {
    private let log: any ReleaseLog
    private let trouble: @Sendable (String) -> Void
    private let redaction: Redaction
    private let reports: AsyncStream<Report>
    private let feed: AsyncStream<Report>.Continuation
    private var record: ReleaseRecord
    private var hasBegun: Bool
    /// What of the record the log has not.
    private var unsent: [ReleaseStep] = []
    /// Nil while the log does not know the release.
    public private(set) var number: Int?
    private var isAway = false
    private var isRefused = false

    /// - Parameters:
    ///   - record: what is known already.
    ///   - number: of a release that has begun; nil for one that will.
    ///   - redaction: takes secrets out of what is written down.
    ///   - trouble: is told, in a sentence, when something cannot be written down.
    public init(
        _ record: ReleaseRecord, number: Int? = nil, log: any ReleaseLog, redaction: Redaction, trouble: @escaping @Sendable (String) -> Void
    ) {
        self.log = log
        self.trouble = trouble
        self.redaction = redaction
        self.record = record
        self.number = number
        hasBegun = number != nil
        (reports, feed) = AsyncStream<Report>.makeStream(bufferingPolicy: .bufferingNewest(1000))
    }

    /// Takes down what a flow tells.
    public nonisolated func report(_ report: Report) { feed.yield(report) }

    /// Something is about to change.
    public func begin(changes: JSON, from: String?, to: String? = nil) async {
        record.draft.changes = ReleaseBook.bounded(changes: changes)
        record.draft.from = from
        record.draft.to = to
        record.draft.startedAt = Date()
        hasBegun = true
        await send()
    }

    /// Runs a flow, writes its steps down beside it, and then how it ended, whatever that is.
    ///
    /// - Parameters:
    ///   - calls: for the reason of a failure.
    ///   - unsent: is given the record, when the log does not have all of it and may have it later.
    public nonisolated func recorded(
        by calls: any ServiceCalls, unsent: (ReleaseRecord) -> Void = { _ in }, _ flow: () async throws -> DeployResult
    ) async throws -> DeployResult {
        async let writing: Void = run()
        let outcome: Result<DeployResult, any Error>
        do { outcome = .success(try await flow().explained(by: calls)) } catch { outcome = .failure(error) }
        close()
        await writing
        if let record = await finish(outcome) { unsent(record) }
        return try outcome.get()
    }

    /// Writes steps down until ``close()``. Runs beside the flow.
    public func run() async {
        for await report in reports { await take(report) }
    }

    /// No step comes any more; ``run()`` ends once all are written down.
    public nonisolated func close() { feed.finish() }

    private func finish(_ outcome: Result<DeployResult, any Error>) async -> ReleaseRecord? {
        switch outcome {
        case .success(let result): await finish(ReleaseEnd(result, redaction: redaction))
        case .failure(let error): await finish(ReleaseEnd(error, redaction: redaction))
        }
    }

    /// It has ended.
    ///
    /// - Returns: the record, when the log does not have all of it and may have it later.
    public func finish(_ end: ReleaseEnd) async -> ReleaseRecord? {
        guard hasBegun, !isRefused else { return nil }
        record.end = end
        do {
            if isAway || number == nil { number = try await record.send(to: log) } else { try await sendRest(end) }
            return nil
        } catch {
            note(error)
            return isRefused ? nil : record
        }
    }

    private func take(_ report: Report) async {
        guard hasBegun, !isRefused else { return }
        var text: String?
        switch report {
        case .step(let line), .note(let line): text = line
        case .warning(let line): text = "warning: \(line)"
        case .event(_, let message): text = message
        case .counts(let counts):
            // The first that is shown is the one that the flow's own call has made.
            guard record.draft.deployment == nil, let primary = counts.first(where: { $0.status == "PRIMARY" }) else { return }
            record.draft.deployment = primary.id
            record.draft.to = primary.taskDefinition
        case .log: return
        }
        if let text {
            let step = ReleaseStep(number: record.steps.count + 1, at: Date(), text: redaction.scrubbed(text))
            guard record.steps.count < ReleaseBook.mostSteps else { return }
            record.steps.append(step)
            unsent.append(step)
        }
        await send()
    }

    /// Sends what the log does not have, unless it was away before: then all goes out at the end.
    private func send() async {
        guard !isAway, !isRefused else { return }
        do {
            if let number {
                try await log.add(unsent, deployment: record.draft.deployment, to: record.draft.to, number: number, of: record.app)
                unsent = []
            } else {
                number = try await log.begin(record.draft, of: record.app)
            }
        } catch {
            note(error)
        }
    }

    private func sendRest(_ end: ReleaseEnd) async throws {
        guard let number else { return }
        if !unsent.isEmpty {
            try await log.add(unsent, deployment: record.draft.deployment, to: record.draft.to, number: number, of: record.app)
            unsent = []
        }
        try await log.end(end, number: number, of: record.app)
    }

    private func note(_ error: any Error) {
        if let error = error as? ReleaseLogError, error.isFinal {
            isRefused = true
            trouble("the server does not record this: \(error)")
        } else if !isAway {
            isAway = true
            trouble("this is not recorded yet: \(error)")
        }
    }
}
