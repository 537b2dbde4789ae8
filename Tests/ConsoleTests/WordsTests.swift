import Definitions
import Foundation
import HTTPTypes
import ServiceModel
import Testing

@testable import Console

@Suite struct `The words of the pages` {
    @Test func `are there for every key that a template asks for`() {
        var missing: Set<String> = []
        for (name, template) in Templates.all {
            for match in template.matches(of: /\{\{[#^{]?t\.([A-Za-z0-9_.]+)/) where Words.all[String(match.1)] == nil {
                missing.insert("\(name): \(match.1)")
            }
        }
        #expect(missing == [])
    }

    @Test func `fill in the same values in both languages`() {
        func names(_ text: String) -> Set<String> { Set(text.matches(of: /\{([a-z_]+)\}/).map { String($0.1) }) }
        for (key, phrase) in Words.all {
            #expect(!phrase.english.isEmpty && !phrase.japanese.isEmpty, "\(key)")
            #expect(names(phrase.english) == names(phrase.japanese), "\(key)")
        }
    }

    @Test func `say in both languages what every threshold of ours means`() {
        for name in Threshold.standards.keys {
            #expect(Words(.japanese).meaning(of: name) != nil && Words(.english).meaning(of: name) != nil, "\(name)")
        }
        #expect(Words(.japanese).meaning(of: "orders_per_minute") == nil)
    }

    @Test func `come in the language that a browser asks for`() {
        #expect(Language(headers: [.acceptLanguage: "fr, ja;q=0.8, en;q=0.5"]) == .japanese)
        #expect(Language(headers: [.acceptLanguage: "en-US,en;q=0.9,ja;q=0.8"]) == .english)
        #expect(Language(headers: [.acceptLanguage: "ja", .cookie: "theme=dark; lang=en"]) == .english)
        #expect(Language(headers: [:]) == .english)
    }
}

@Suite struct `A template` {
    private func html(_ template: String, _ data: JSON, language: Language = .english) throws -> String {
        let renderer = try Renderer(templates: ["layout": "{{$content}}{{/content}}", "page": template], assets: Assets())
        return renderer.html(Page(template: "page", title: "apps", data: data, form: .null), language: language)
    }

    @Test func `escapes what it writes, and does not find a missing member further out`() throws {
        #expect(try html("{{name}}", ["name": "<b>&"]) == "&lt;b&gt;&amp;")
        #expect(try html("{{#rows}}[{{name}}{{.}}]{{/rows}}", ["name": "out", "rows": [["name": "in"], ["other": 1]]]).contains("out") == false)
        #expect(try html("{{#note}}{{note}}!{{/note}}{{^note}}none{{/note}}", ["note": "so"]) == "so!")
        #expect(try html("{{#note}}x{{/note}}{{^note}}none{{/note}}", ["note": ""]) == "none")
    }

    @Test func `writes for people`() throws {
        #expect(
            try html("{{percent(a)}} {{count(b)}} {{bytes(c)}} {{seconds(d)}}", ["a": 0.9995, "b": 1234567, "c": 1536, "d": 200])
                == "99.95 % 1,234,567 1.5 KiB 3 min")
        #expect(try html("{{word(a)}} {{sentence(b)}}", ["a": "good", "b": ["key": "time_ago", "time": 3]], language: .japanese) == "正常 3前")
    }
}
