import Foundation
public import ServiceModel

extension ProposedPlan {
    /// More resources are counted, and not named one by one: an item of the store has its bounds.
    static let mostResources = 500

    /// For programs and pages.
    public var json: JSON {
        .compact([
            "id": .integer(id), "project": .string(facts.project), "state": .string(state.rawValue), "reason": JSON(reason),
            "digest": .string(facts.digest), "uploaded_by": .string(uploadedBy), "uploader": JSON(uploader), "uploaded_at": .string(uploadedAt.text),
            "needed": .integer(needed),
            "loses_data": .bool(losesData), "over_limit": .bool(isOverLimit), "violations": .integer(violations), "summary": summary, "check": check,
            "facts": facts.json,
            "approvals": .array(
                approvals.map { approval in
                    .compact([
                        "person": .string(approval.person), "subject": .string(approval.subject), "at": .string(approval.at.text),
                        "from": JSON(approval.from),
                    ])
                }),
            "holder": holder.map {
                .object(["person": .string($0.person), "since": .string($0.since.text), "heard": .string($0.heard.text)])
            } ?? .null, "ended_at": JSON(endedAt?.text), "report": report,
        ])
    }

    init?(_ json: JSON) {
        guard let id = json["id"].int, let facts = try? BundleFacts(json["facts"]), let uploadedAt = Date(json["uploaded_at"]),
            let state = json["state"].string.flatMap(State.init)
        else { return nil }
        self.init(
            id: id, facts: facts, summary: json["summary"], check: json["check"], uploadedBy: json["uploaded_by"].string ?? "",
            uploader: json["uploader"].string, uploadedAt: uploadedAt, isOverLimit: json["over_limit"].bool == true)
        self.state = state
        reason = json["reason"].string
        approvals = json["approvals"].array.compactMap { approval in
            guard let person = approval["person"].string, let subject = approval["subject"].string, let at = Date(approval["at"]) else { return nil }
            return Approval(person: person, subject: subject, at: at, from: approval["from"].int)
        }
        if let person = json["holder"]["person"].string, let since = Date(json["holder"]["since"]), let heard = Date(json["holder"]["heard"]) {
            holder = Holder(person: person, since: since, heard: heard)
        }
        endedAt = Date(json["ended_at"])
        report = json["report"]
    }

    /// A summary or check whose lists are bounded.
    static func bounded(_ json: JSON, _ list: String) -> JSON {
        var json = json
        if json[list].array.count > mostResources {
            // What loses data is always named: it asks for a second person.
            let rest = json[list].array.dropFirst(mostResources).filter { $0["holds_data"].bool == true }
            json[list] = .array(Array(json[list].array.prefix(mostResources)) + rest.prefix(mostResources))
            json["more"] = .bool(true)
        }
        return json
    }
}

extension Date {
    /// RFC 3339 with milliseconds.
    fileprivate var text: String { formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)) }

    fileprivate init?(_ json: JSON) {
        guard let text = json.string, let date = try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)) else {
            return nil
        }
        self = date
    }
}
