import ArgumentParser
import Deployments
import Foundation

/// Whether and where a deploy or rollback is recorded.
struct RecordOptions: ParsableArguments {
    @OptionGroup var server: ServerConnection

    @Flag(name: .customLong("no-record"), help: "Do not record it as a release with the server.")
    var noRecord = false

    /// The server that looks after what is deployed there: one that was named; for the local engine this machine's own, when it answers; for AWS
    /// the one that somebody has signed in to. Nil where there is none.
    func known(_ connection: Connection) async -> ServerConnection? {
        let server = server(for: connection)
        if self.server.isNamed { return server }
        return (connection.isEngine ? await server.answers() : server.isConfigured) ? server : nil
    }

    /// What writes down a release; nil where there is no server to do it.
    func recorder(
        _ kind: Release.Kind, app: String, reason: String? = nil, redaction: Redaction, _ connection: Connection, _ invocation: Invocation
    ) async -> ReleaseRecorder? {
        guard !noRecord, let server = await known(connection) else { return nil }
        var draft = ReleaseDraft(kind: kind, by: ServerConnection.person)
        draft.reason = reason
        return ReleaseRecorder(ReleaseRecord(app: app, draft: draft), log: ReleaseClient(server: server), redaction: redaction) { trouble in
            invocation.progress.report(.warning(trouble))
        }
    }

    /// Runs a flow and writes down how it ended, whatever that is.
    func recorded(
        _ recorder: ReleaseRecorder?, _ connection: Connection, _ flow: () async throws -> DeployResult
    ) async throws -> DeployResult {
        guard let recorder else { return try await flow() }
        let server = server(for: connection)
        await server.deliverOutbox()
        return try await recorder.recorded(by: connection.client, unsent: { keep($0, for: server) }, flow)
    }

    /// What runs on this machine's engine is no business of the server that somebody signed in to.
    private func server(for connection: Connection) -> ServerConnection {
        var server = server
        if connection.isEngine, !server.isNamed { server.server = ServerAccess.own(connection.environment).url }
        return server
    }

    private func keep(_ record: ReleaseRecord, for server: ServerConnection) {
        do {
            let outbox = ReleaseOutbox(environment: ProcessInfo.processInfo.environment)
            try outbox.keep(record, for: server.base)
            Terminal.error("the record of this release waits in \(outbox.folder): the next command that reaches \(server.base) sends it")
        } catch {
            Terminal.error("warning: this release is not recorded: \(error)")
        }
    }
}
