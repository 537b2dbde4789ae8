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
    private let library: MustacheLibrary
    /// Changes with every build of the assets, so that browsers may keep them for ever.
    private let assets: Assets

    /// - Parameter templates: by name; pages are set into the template `layout`.
    /// - Throws: when a template is no Mustache.
    init(templates: [String: String], assets: Assets) throws {
        library = MustacheLibrary(templates: try templates.mapValues { try MustacheTemplate(string: FormProof.completed($0)) })
        self.assets = assets
    }

    func response(_ page: Page, for visit: Visit, status: HTTPResponse.Status = .ok) -> Response {
        var headers: HTTPFields = [
            .contentType: "text/html; charset=utf-8", .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
            .contentSecurityPolicy:
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
                + "frame-ancestors 'none'; base-uri 'none'",
        ]
        for (name, value) in [("Referrer-Policy", "same-origin"), ("X-Frame-Options", "DENY"), ("Cross-Origin-Opener-Policy", "same-origin")] {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        headers[.vary] = "Cookie, Accept, Accept-Language"
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
        return library.render(Globals(members: globals, data: view(page.data)), withTemplate: page.template) ?? ""
    }

    private func frame(_ page: Page, _ visit: Visit) -> JSON {
        let words = Words(visit.language)
        let title = page.data["app"].string.map { "\($0) · \(words[page.title])" } ?? words[page.title]
        var frame: JSON = [
            "title": .string(title), "language": .string(visit.language.rawValue), "theme": .string(Cookies(visit.headers)["theme"] ?? "auto"),
            "path": .string(visit.path), "search": .string(visit.query["q"] ?? ""),
            "style": .string(assets.path("style.css")), "script": .string(assets.path("app.js")), "icon": .string(assets.path("icon.svg")),
            "worker": .string(assets.path("worker.js")),
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
