import ServiceModel

/// One phrase in every language that there is, so that none can be missing.
struct Phrase: Sendable {
    let english: String
    let japanese: String

    init(_ english: String, _ japanese: String) {
        self.english = english
        self.japanese = japanese
    }
}

/// The words of the pages in one language. Phrases may have `{name}` for what a page fills in.
struct Words: Sendable {
    let language: Language

    init(_ language: Language) { self.language = language }

    /// All phrases by key. Each part of the console brings its own.
    static let all: [String: Phrase] = parts.reduce(into: [:]) { $0.merge($1) { first, _ in first } }

    private static let parts = [
        frameWords, appHeadWords, appWords, chartWords, settingsWords, teamWords, statusWords, silenceWords, alertWords, taskWords, signInWords,
        accountWords, tokenWords, deviceWords, releaseWords, rollbackWords, eventWords,
        auditWords, problemWords, objectiveWords, gateWords, planWords, driftWords,
    ]

    /// The phrase of `key`; the key itself where there is none, such as a state that a newer ECS has.
    subscript(key: String) -> String {
        guard let phrase = Self.all[key] else { return key }
        return language == .japanese ? phrase.japanese : phrase.english
    }

    func sentence(_ key: String, _ values: [String: String]) -> String {
        var rest = self[key].utf8[...]
        var text = ""
        while let start = rest.firstIndex(of: UInt8(ascii: "{")), let end = rest[start...].firstIndex(of: UInt8(ascii: "}")) {
            let name = String(rest[rest.index(after: start)..<end]) ?? ""
            text += String(Substring(rest[..<start])) + (values[name] ?? "{\(name)}")
            rest = rest[rest.index(after: end)...]
        }
        return text + String(Substring(rest))
    }

    /// `{"key": "health_running", "running": 3}` in words. A text stays as it is.
    func sentence(_ value: JSON) -> String {
        guard let key = value["key"].string else { return value.string ?? "" }
        return sentence(key, value.object.mapValues { $0.string ?? $0.text }.reduce(into: [:]) { $0[$1.key] = $1.value })
    }

    static let frameWords: [String: Phrase] = [
        "apps": Phrase("Apps", "アプリ"),
        "my_apps": Phrase("My apps", "マイアプリ"),
        "all_apps": Phrase("All apps", "すべてのアプリ"),
        "teams": Phrase("Teams", "チーム"),
        "events": Phrase("Events", "イベント"),
        "audit": Phrase("Audit log", "監査ログ"),
        "status": Phrase("Platform", "プラットフォーム"),
        "silences": Phrase("Silences", "サイレンス"),
        "search": Phrase("Search apps", "アプリを検索"),
        "search_action": Phrase("Search", "検索"),
        "sign_in": Phrase("Sign in", "サインイン"),
        "sign_out": Phrase("Sign out", "サインアウト"),
        "account": Phrase("Account", "アカウント"),
        "skip": Phrase("Skip to content", "本文へ"),
        "navigation": Phrase("Main", "メイン"),
        "language": Phrase("Language", "言語"),
        "appearance": Phrase("Appearance", "表示"),
        "theme_auto": Phrase("As the system", "システムに合わせる"),
        "theme_light": Phrase("Light", "ライト"),
        "theme_dark": Phrase("Dark", "ダーク"),
        "live": Phrase("Live", "ライブ"),
        "reconnecting": Phrase("Reconnecting, as of {time}", "再接続中（{time} 時点）"),
        "polling": Phrase("Read every 10 s", "10秒ごとに更新"),
        "stale": Phrase("Stale since {time}", "{time} から更新停止"),
        "paused": Phrase("Paused at {time}", "{time} に一時停止"),
        "pause": Phrase("Pause", "一時停止"),
        "resume": Phrase("Go on", "再開"),
        "error": Phrase("That did not work", "実行できませんでした"),
        "request_id": Phrase("Request", "リクエスト"),
        "who_can": Phrase("Who can", "実行できる人"),
        "back_home": Phrase("All apps", "アプリ一覧へ"),
        "just_now": Phrase("just now", "たった今"),
        "time_ago": Phrase("{time} ago", "{time}前"),
        "in_time": Phrase("in {time}", "{time}後"),
        "unit_ms": Phrase("{n} ms", "{n}ミリ秒"),
        "unit_s": Phrase("{n} s", "{n}秒"),
        "unit_min": Phrase("{n} min", "{n}分"),
        "unit_h": Phrase("{n} h", "{n}時間"),
        "unit_d": Phrase("{n} d", "{n}日"),
        "save": Phrase("Save", "保存"),
        "cancel": Phrase("Cancel", "キャンセル"),
        "reason": Phrase("Reason", "理由"),
        "next": Phrase("Next", "次へ"),
        "previous": Phrase("Previous", "前へ"),
        "none": Phrase("None", "なし"),
    ]
}
