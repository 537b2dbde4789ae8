/// What every page of one app begins with: its name, and the way to its other pages. The page's data has `app`, its name.
enum AppHead {
    static let templates = ["app-head": template]

    /// The parts of addresses below `/apps/{app}`, in the order of the tabs; "" is the overview.
    private static let tabs = ["", "releases", "tasks", "logs", "charts", "objectives", "gate", "alerts", "config", "settings"]

    private static let template =
        #"<h1><a class="plain" href="/apps/{{path(app)}}">{{app}}</a></h1><nav class="tabs" aria-label="{{app}}">"#
        + tabs.map { tab in
            let name = tab.isEmpty ? "overview" : tab
            return #"<a href="/apps/{{path(app)}}\#(tab.isEmpty ? "" : "/\(tab)")"{{#page.tab_\#(name)}} aria-current="page"{{/page.tab_\#(name)}}>"#
                + "{{t.\(name)}}</a>"
        }.joined() + "</nav>"
}

extension Words {
    static let appHeadWords: [String: Phrase] = [
        "overview": Phrase("Overview", "概要"),
        "releases": Phrase("Releases", "リリース"),
        "tasks": Phrase("Tasks", "タスク"),
        "logs": Phrase("Logs", "ログ"),
        "alerts": Phrase("Alerts", "アラート"),
        "config": Phrase("Configuration", "構成"),
        "settings": Phrase("Settings", "設定"),
    ]
}
