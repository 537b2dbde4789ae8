import ArgumentParser
import Deployments
import Foundation

/// Whether and where a deploy or rollback is recorded.
struct RecordOptions: ParsableArguments {
    @OptionGroup var server: ServerConnection

    @Flag(name: .customLong("no-record"), help: "Do not record it as a release with the server.")
    var noRecord = false

    /// What writes down a release; nil where there is no server to do it.
    ///
    /// A server is one that was named; beside the local engine also the local one, when it answers.
    func recorder(
        _ kind: Release.Kind, app: String, reason: String? = nil, redaction: Redaction, _ connection: Connection, _ invocation: Invocation
    ) async -> ReleaseRecorder? {
        guard !noRecord else { return nil }
        if !server.isNamed {
            guard connection.isEngine, await server.answers() else { return nil }
        }
        var draft = ReleaseDraft(kind: kind, by: ServerConnection.person)
        draft.reason = reason
        return ReleaseRecorder(ReleaseRecord(app: app, draft: draft), log: ReleaseClient(server: server), redaction: redaction) { trouble in
            invocation.progress.report(.warning(trouble))
        }
    }

    /// Runs a flow and writes down how it ended, whatever that is.
    func recorded(
        _ recorder: ReleaseRecorder?, by calls: any ServiceCalls, _ flow: () async throws -> DeployResult
    ) async throws -> DeployResult {
        guard let recorder else { return try await flow() }
        await server.deliverOutbox()
        return try await recorder.recorded(by: calls, unsent: keep, flow)
    }

    private func keep(_ record: ReleaseRecord) {
        do {
            let outbox = ReleaseOutbox(environment: ProcessInfo.processInfo.environment)
            try outbox.keep(record, for: server.base)
            Terminal.error("the record of this release waits in \(outbox.folder): the next command that reaches \(server.base) sends it")
        } catch {
            Terminal.error("warning: this release is not recorded: \(error)")
        }
    }
}
