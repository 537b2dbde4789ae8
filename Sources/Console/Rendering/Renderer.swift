import Foundation
import HTTPTypes
import Hummingbird
import Mustache
import NIOCore
import ServiceModel

/// What a page shows.
struct Page: Sendable {
    let template: String
    /// A key among the words.
    let title: String
    let data: JSON
    /// What a refused form said: `values`, `errors`, `detail`, `current`.
    let form: JSON
}

/// Makes HTML of templates and data.
struct Renderer: Sendable {
    /// What never changes is set into the templates once: the words of the language, and where the assets are.
    private let libraries: [Language: MustacheLibrary]

    /// - Parameter templates: by name; pages are set into the template `layout`.
    /// - Throws: when a template is no Mustache.
    init(templates: [String: String], assets: Assets) throws {
        MustacheContentTypes.register(PageText(), named: PageText.name)
        var libraries: [Language: MustacheLibrary] = [:]
        for language in Language.allCases {
            let words = Words(language)
            libraries[language] = MustacheLibrary(
                templates: try templates.mapValues { template in
                    let filled = FormProof.completed(template).replacing(/\{\{(t|asset)\.([A-Za-z0-9_.-]+)\}\}/) { match in
                        let name = String(match.2)
                        return match.1 == "t" ? PageText().escapeText(words[name]) : assets.path(name)
                    }
                    return try MustacheTemplate(string: "{{% CONTENT_TYPE:\(PageText.name)}}" + filled)
                })
        }
        self.libraries = libraries
    }

    /// Those that every page has.
    private static let headers: HTTPFields = {
        var headers: HTTPFields = [
            .contentType: "text/html; charset=utf-8", .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
            .contentSecurityPolicy:
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
                + "frame-ancestors 'none'; base-uri 'none'",
            .vary: "Cookie, Accept, Accept-Language",
        ]
        for (name, value) in [("Referrer-Policy", "same-origin"), ("X-Frame-Options", "DENY"), ("Cross-Origin-Opener-Policy", "same-origin")] {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        return headers
    }()

    func response(_ page: Page, for visit: Visit, status: HTTPResponse.Status = .ok) -> Response {
        var headers = Self.headers
        headers[.contentLanguage] = visit.language.rawValue
        return Response(
            status: status, headers: headers,
            body: .init(byteBuffer: ByteBuffer(string: html(page, frame: frame(page, visit), me: me(visit), language: visit.language))))
    }

    /// - Parameters:
    ///   - frame: what the layout needs to know.
    ///   - me: the reader, and what they may do.
    func html(_ page: Page, frame: JSON = [:], me: JSON = [:], language: Language) -> String {
        let now = Date()
        func view(_ value: JSON) -> View { View(value: value, language: language, now: now) }
        let globals: [String: Any] = ["t": WordList(words: Words(language)), "page": view(frame), "me": view(me), "form": view(page.form)]
        return libraries[language]?.render(Globals(members: globals, data: view(page.data)), withTemplate: page.template) ?? ""
    }

    private func frame(_ page: Page, _ visit: Visit) -> JSON {
        let words = Words(visit.language)
        let title = page.data["app"].string.map { "\($0) · \(words[page.title])" } ?? words[page.title]
        var frame: JSON = [
            "title": .string(title), "language": .string(visit.language.rawValue), "theme": .string(Cookies(visit.headers)["theme"] ?? "auto"),
            "path": .string(visit.path), "search": .string(visit.query["q"] ?? ""),
            "event": .integer(visit.event),
            "other_language": .string(visit.language == .english ? "ja" : "en"),
            "other_language_name": .string(visit.language == .english ? "日本語" : "English"),
            "request": .string(visit.id), "key": .string(UUID().uuidString),
        ]
        frame["in_\(visit.path.dropFirst().prefix { $0.isLetter })"] = true
        let parts = visit.path.prefix { $0 != "?" }.split(separator: "/")
        if parts.first == "apps", parts.count > 1 { frame["tab_\(parts.count > 2 ? parts[2] : "overview")"] = true }
        return frame
    }

    private func me(_ visit: Visit) -> JSON {
        [
            "name": .string(visit.caller.name), "role": JSON(visit.caller.role?.rawValue), "signed_in": .bool(visit.caller.isSignedIn),
            "token": JSON(visit.caller.formToken),
            "develops": .bool(Permission.develop.verdict(for: visit.caller, app: visit.app?.name, team: visit.app?.team) == .allowed),
            "contributes": .bool(Permission.contribute.verdict(for: visit.caller) == .allowed),
            "reviews": .bool(Permission.review.verdict(for: visit.caller) == .allowed),
            "operates": .bool(Permission.operate.verdict(for: visit.caller) == .allowed),
            "administers": .bool(Permission.administer.verdict(for: visit.caller) == .allowed),
        ]
    }
}

/// The page's data over what the frame adds to every page.
private struct Globals: MustacheParent {
    let members: [String: Any]
    let data: View

    func child(named name: String) -> Any? { members[name] ?? data.child(named: name) }
}
