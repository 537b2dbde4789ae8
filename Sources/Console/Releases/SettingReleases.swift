import Deployments
import Foundation
import Logging
import ServiceModel

/// Makes a release of every setting that is changed, since an app changes by it as by a deploy.
struct SettingReleases: AuditRecorder {
    let desk: ReleaseDesk
    let next: any AuditRecorder
    let logger: Logger

    func begin(_ event: AuditEvent) async throws { try await next.begin(event) }
    func forget(_ event: AuditEvent) async { await next.forget(event) }

    func record(_ event: AuditEvent) async {
        await next.record(event)
        guard event.result == .done, let change = event.change, let setting = change.setting, let app = event.app else { return }
        var draft = ReleaseDraft(
            kind: .setting, by: event.who,
            changes: [
                [
                    "action": "change", "what": .string(setting),
                    "fields": [.compact(["field": .string(setting), "old": Self.shown(change.before), "new": Self.shown(change.after)])],
                ]
            ])
        draft.subject = setting
        draft.reason = change.reason.map { String($0.prefix(ReleaseBook.longestText)) }
        do {
            let release = try await desk.begin(draft, of: app, follower: .server).release
            try await desk.end(ReleaseEnd(outcome: "set", endedAt: draft.startedAt), number: release.number, of: app)
        } catch {
            logger.error("a setting is no release", metadata: ["app": "\(app)", "setting": "\(setting)", "error": "\(error)"])
        }
    }

    /// An incoming webhook's address is a secret: whoever has it can write to the channel.
    private static func shown(_ value: JSON) -> JSON {
        let value = value["value"].isNull ? value : value["value"]
        guard let text = value.string, text.contains("://") else { return value }
        return .string(Redaction.hidden)
    }
}
