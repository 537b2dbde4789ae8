import HTTPTypes
import ServiceModel

/// `/problems/{name}`: what an answer's `type` means, and what to do about it.
enum ProblemPages {
    static let templates = ["problem": template]

    static let endpoints: [Endpoint] = [
        .page(
            "/problems/{name}", template: "problem", title: "problem", "Read what a kind of problem means", permission: .open,
            returns: Schema.object(["name": Schema.text, "status": Schema.integer, "title": Schema.text, "meaning": Schema.text])
        ) { visit in
            guard let kind = ProblemKind(rawValue: visit.parameters["name"] ?? "") else {
                throw ConsoleError.notFound("there is no such kind of problem: \(ProblemKind.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            return .show([
                "name": .string(kind.rawValue), "status": .integer(kind.status.code), "title": .string(kind.status.reasonPhrase),
                "meaning": .string(Words(visit.language)["problem_\(kind.rawValue)"]),
            ])
        }
    ]

    private static let template = #"""
        {{<layout}}{{$content}}
        <h1>{{status}} {{title}}</h1>
        <p>{{meaning}}</p>
        <p><a class="button quiet" href="/apps">{{t.back_home}}</a></p>
        {{/content}}{{/layout}}
        """#
}

extension Words {
    static let problemWords: [String: Phrase] = [
        "problem": Phrase("What a problem means", "エラーの説明"),
        "problem_more": Phrase("what it means", "説明"),
        "problem_malformed": Phrase(
            "The request cannot be read: its address, its query or its body is not well formed. The detail says which part. Send it corrected.",
            "リクエストを解釈できません。パス、クエリ、ボディのいずれかの形式が正しくありません。詳細を確認し、修正して送り直してください。"),
        "problem_unauthorized": Phrase(
            "Nobody knows who asks. Sign in, or show a token: Authorization: Bearer …", "認証されていません。サインインするか、Authorization: Bearer … でトークンを送ってください。"),
        "problem_forbidden": Phrase(
            "You may not do this. The answer says who can.", "この操作を行う権限がありません。実行できる人はレスポンスに記載されています。"),
        "problem_not-found": Phrase(
            "There is nothing at this address, or no app, team or setting of that name. The detail names the nearest one.",
            "このパスには何もないか、該当するアプリ・チーム・設定がありません。近い名前があれば詳細に表示されます。"),
        "problem_method-not-allowed": Phrase(
            "This address takes other methods: the header Allow names them.", "このパスでは別のメソッドを使います。使えるメソッドは Allow ヘッダーにあります。"),
        "problem_timeout": Phrase(
            "The request did not come in time. Send it again, on a better line.", "リクエストの受信が時間内に完了しませんでした。もう一度送ってください。"),
        "problem_conflict": Phrase(
            "Something is in the way: the same request is being worked on, or there is nothing to act on. Look again, then send it once more.",
            "同じリクエストを処理中であるか、対象が存在しません。状態を確認してから送り直してください。"),
        "problem_stale": Phrase(
            "Somebody changed it since you looked. The answer has what is there now and where it differs from yours: look at it, then send yours again "
                + "with the new version.",
            "表示した後に他の人が変更しました。現在の値と差分がレスポンスに含まれています。確認し、新しいバージョンで送り直してください。"),
        "problem_too-large": Phrase("The body is larger than this address takes.", "ボディがこのパスの上限を超えています。"),
        "problem_address-too-long": Phrase("The address is longer than 8192 bytes.", "URL が 8192 バイトを超えています。"),
        "problem_media-type": Phrase(
            "A body is application/json or application/x-www-form-urlencoded.",
            "ボディは application/json または application/x-www-form-urlencoded で送ってください。"),
        "problem_host": Phrase(
            "The request was meant for a server of another name. A browser was sent here by a stranger's page, or a proxy hides the name.",
            "別のホスト名宛てのリクエストです。外部ページからの誘導か、プロキシがホスト名を変えている可能性があります。"),
        "problem_invalid": Phrase(
            "A field has a value that it cannot have. The answer names each field and says what to write.",
            "値が正しくない項目があります。項目ごとの説明はレスポンスにあります。"),
        "problem_too-many": Phrase(
            "You do this too often. The header Retry-After says when to come again.", "リクエストが多すぎます。Retry-After ヘッダーの時間が過ぎてから送り直してください。"),
        "problem_headers-too-large": Phrase("The headers are too many or too long.", "ヘッダーの数または長さが上限を超えています。"),
        "problem_upstream": Phrase(
            "Another program that this needs (Alertmanager, Prometheus, ECS, Slack) did not answer as it should. The detail names it.",
            "必要な外部プログラム（Alertmanager、Prometheus、ECS、Slack）が正しく応答しませんでした。詳細に名前があります。"),
        "problem_unavailable": Phrase(
            "The server cannot do this now. Nothing was done; send it again later.", "現在この操作を行えません。何も変更されていません。時間をおいて送り直してください。"),
    ]
}
