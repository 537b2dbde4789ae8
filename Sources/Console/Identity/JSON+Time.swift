import Alerting
import Foundation
import ServiceModel

/// Times as the store and the API write them: RFC 3339, in UTC.
extension JSON {
    init(time: Date?) { self.init(time.map(Timestamp.text)) }

    var time: Date? { string.flatMap(Timestamp.date) }
}
