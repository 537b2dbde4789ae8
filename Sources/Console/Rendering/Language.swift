import HTTPTypes

/// The languages of the pages.
enum Language: String, Sendable, CaseIterable {
    case english = "en"
    case japanese = "ja"

    /// The one of the cookie `lang`, else the first that the browser asks for and that there is, else English.
    init(headers: HTTPFields) {
        if let chosen = Cookies(headers)["lang"].flatMap(Language.init(rawValue:)) {
            self = chosen
            return
        }
        let wishes = (headers[.acceptLanguage] ?? "").split(separator: ",").map { wish -> (Language?, Double) in
            let parts = wish.split(separator: ";")
            let tag = parts.first.map { String($0).trimmingWhitespace().prefix(2).lowercased() } ?? ""
            let quality = parts.dropFirst().first.flatMap { Double(String($0).trimmingWhitespace().dropFirst(2)) } ?? 1
            return (Language(rawValue: tag), quality)
        }
        self = wishes.filter { $0.0 != nil }.max { $0.1 < $1.1 }?.0 ?? .english
    }
}
