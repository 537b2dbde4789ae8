import ArgumentParser
import Foundation
import Monitoring

/// What the options of the verbs about rules mean.
enum RulesOptions {
    static func url(_ text: String) throws -> URL {
        guard let url = URL(string: text), let scheme = url.scheme, ["http", "https"].contains(scheme), url.host() != nil else {
            throw ValidationError("\(text) is no address of a Prometheus: write http://HOST:PORT")
        }
        return url
    }

    static func seconds(_ text: String, _ option: String) throws -> Double {
        guard let seconds = PromQLDuration.seconds(text), seconds > 0 else {
            throw ValidationError("\(option) \(text) is no duration: write a number and a unit, such as 15s")
        }
        return seconds
    }
}
