import HTTPTypes
import Hummingbird

/// `/preferences`: language and colours, kept in the browser.
enum Preferences {
    static let endpoint: Endpoint = {
        var endpoint = Endpoint(summary: "Choose language and colours", permission: .open) { visit in
            var headers: HTTPFields = [.location: safe(visit.query["back"])]
            if let language = visit.query["lang"].flatMap(Language.init(rawValue:)) {
                headers.append(HTTPField(name: .setCookie, value: "lang=\(language.rawValue); Path=/; Max-Age=31536000; SameSite=Lax"))
            }
            if let theme = visit.query["theme"], ["auto", "light", "dark"].contains(theme) {
                headers.append(HTTPField(name: .setCookie, value: "theme=\(theme); Path=/; Max-Age=31536000; SameSite=Lax"))
            }
            return .response(Response(status: .seeOther, headers: headers))
        }
        endpoint.page = Endpoint.Route(method: .get, path: "/preferences")
        return endpoint
    }()

    /// An address of this server, whatever was asked for: nobody is sent elsewhere.
    static func safe(_ path: String?) -> String {
        guard let path, path.hasPrefix("/"), !path.hasPrefix("//"), !path.contains("\\"), path.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else {
            return "/"
        }
        return path
    }
}
