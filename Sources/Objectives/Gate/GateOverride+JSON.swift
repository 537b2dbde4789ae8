import Foundation
public import ServiceModel

extension GateOverride {
    /// For the API: without what names a signer to the sign-in provider.
    public var json: JSON { json(withSubjects: false) }

    /// For the store.
    var record: JSON { json(withSubjects: true) }

    private func json(withSubjects: Bool) -> JSON {
        .compact([
            "id": .string(id), "reason": .string(reason), "until": Standing.time(until), "opened_by": JSON(openedBy), "used_by": JSON(usedBy),
            "signatures": .array(
                signatures.map {
                    .compact([
                        "person": .string($0.person), "role": .string($0.role.rawValue), "at": Standing.time($0.at),
                        "subject": withSubjects ? .string($0.subject) : .null,
                    ])
                }),
        ])
    }

    init?(_ json: JSON) {
        func time(_ value: JSON) -> Date? { value.string.flatMap { try? Date($0, strategy: .iso8601) } }
        guard let id = json["id"].string, let reason = json["reason"].string, let until = time(json["until"]) else { return nil }
        let signatures = json["signatures"].array.compactMap { value -> Signature? in
            guard let person = value["person"].string, let role = value["role"].string.flatMap(Role.init), let at = time(value["at"]) else {
                return nil
            }
            return Signature(person: person, subject: value["subject"].string, role: role, at: at)
        }
        self.init(
            id: id, reason: reason, until: until, openedBy: json["opened_by"].string, signatures: signatures, usedBy: json["used_by"].string)
    }
}
