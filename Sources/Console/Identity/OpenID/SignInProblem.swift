import HTTPTypes
import ServiceModel

/// Why a sign-in at the provider came to nothing.
enum SignInProblem: Error, Sendable, Hashable {
    /// The browser shows no sign-in that it began here within the last minutes.
    case noAttempt
    /// What came back belongs to another sign-in, or was used already.
    case notThisOne(String)
    /// The provider lets them not in, or they did not want to.
    case denied
    /// The provider's own words.
    case providerSays(String)
    /// It does not answer, or not in time.
    case unreachable(String)
    /// Its answer makes no sense, or does not fit the settings.
    case misconfigured(String)
    /// Its clock and ours differ.
    case clock(String)
    /// The token cannot be trusted.
    case untrusted(String)
    /// They are in no group that may read.
    case noRole(name: String)

    /// For the page: the sentence, and what is of use to whoever runs the server.
    func error(retry: String) -> ConsoleError {
        let (status, key, detail, values) = parts
        var said: JSON = ["key": .string(key)]
        for (name, value) in values { said[name] = .string(value) }
        var error = ConsoleError(status: status, detail: detail.isEmpty ? Words(.english).sentence(said) : detail)
        error.page = ["said": said, "technical": detail.isEmpty ? .null : .string(detail), "retry": .string(retry)]
        return error
    }

    private var parts: (status: HTTPResponse.Status, key: String, detail: String, values: [String: String]) {
        switch self {
        case .noAttempt: (.badRequest, "login_no_attempt", "", [:])
        case .notThisOne(let detail): (.badRequest, "login_not_this_one", detail, [:])
        case .denied: (.forbidden, "login_denied", "", [:])
        case .providerSays(let detail): (.badGateway, "login_provider_says", detail, [:])
        case .unreachable(let detail): (.badGateway, "login_unreachable", detail, [:])
        case .misconfigured(let detail): (.badGateway, "login_misconfigured", detail, [:])
        case .clock(let detail): (.badGateway, "login_clock", detail, [:])
        case .untrusted(let detail): (.forbidden, "login_untrusted", detail, [:])
        case .noRole(let name): (.forbidden, "login_no_role", "", ["name": name])
        }
    }
}

extension Words {
    static let signInProblemWords: [String: Phrase] = [
        "login_no_attempt": Phrase(
            "This browser began no sign-in here within the last ten minutes, or began it under another address of this server. Sign in again.",
            "このブラウザーで10分以内に開始されたサインインがありません(またはサーバーの別のアドレスで開始されました)。もう一度サインインしてください。"),
        "login_not_this_one": Phrase(
            "This answer of the provider belongs to another sign-in, or was used already. Sign in again.",
            "プロバイダーからの応答が別のサインインのものか、すでに使用済みです。もう一度サインインしてください。"),
        "login_denied": Phrase(
            "The provider did not let you in, or you declined. Sign in again, with another account if need be.",
            "プロバイダーがサインインを許可しなかったか、キャンセルされました。必要なら別のアカウントで、もう一度サインインしてください。"),
        "login_provider_says": Phrase(
            "The provider refused the sign-in. If it happens again, show this page to whoever runs the server.",
            "プロバイダーがサインインを拒否しました。繰り返す場合は、この画面をサーバーの管理者に見せてください。"),
        "login_unreachable": Phrase(
            "The provider does not answer, so nobody can sign in just now. Try again in a moment.",
            "プロバイダーが応答しないため、現在サインインできません。しばらくしてからもう一度お試しください。"),
        "login_misconfigured": Phrase(
            "The provider and sign_in in jubako.yml do not fit together. Show this page to whoever runs the server.",
            "プロバイダーと jubako.yml の sign_in の設定が一致していません。この画面をサーバーの管理者に見せてください。"),
        "login_clock": Phrase(
            "The clocks of the provider and of this server differ by more than a minute. Show this page to whoever runs the server.",
            "プロバイダーとこのサーバーの時計が1分以上ずれています。この画面をサーバーの管理者に見せてください。"),
        "login_untrusted": Phrase(
            "What the provider sent cannot be trusted, and nobody was signed in. Sign in again; if it happens again, tell whoever runs the server.",
            "プロバイダーからの応答を信頼できないため、サインインを中止しました。もう一度サインインし、繰り返す場合はサーバーの管理者に連絡してください。"),
        "login_no_role": Phrase(
            "You are signed in at the provider as {name}, and are in none of the groups that may use Jubako. Ask whoever looks after the groups.",
            "プロバイダーには {name} としてサインインしていますが、Jubako を利用できるグループに属していません。グループの管理者に依頼してください。"),
        "try_again": Phrase("Sign in again", "もう一度サインイン"),
    ]
}
