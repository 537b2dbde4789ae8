import ServiceModel

/// Evaluates Jsonnet definitions.
struct JsonnetReader {
    enum Natives: Sendable {
        /// `provide.*` gives the value; a name that is missing ends the evaluation.
        case values
        /// `provide.*` gives `${NAME}` for every name.
        case placeholders
    }

    let cache: JsonnetCache?
    let natives: Natives

    /// - Throws: ``DefinitionProblem``.
    func read(_ path: String, _ bytes: [UInt8], appID: String, _ providers: inout EnvironmentProviders) throws(DefinitionProblem) -> JsonnetResult {
        if let kept = cache?.result(for: path, appID: appID), kept.asked.isEmpty || natives == .placeholders { return kept }
        var asked: OrderedSet<JsonnetResult.Asked> = []
        var sources = providers
        guard
            let machine = JsonnetMachine(provide: { [natives] kind, options, name in
                asked.append(.init(kind: kind, options: options, name: name))
                return natives == .placeholders ? .success("${\(name)}") : Self.value(.init(kind: kind, options: options, name: name), &sources)
            })
        else { throw DefinitionProblem("libjsonnet cannot start", at: .start(of: path)) }
        let output = machine.evaluate(bytes, of: path, variables: ["appId": appID])
        providers = sources
        let imports = machine.imports
        guard output.isValue else { throw JsonnetError.problem(output.text, files: [path] + imports.map(\.path), entry: path) }
        let value: JSON
        do { value = try JSON(parsing: output.text) } catch {
            throw DefinitionProblem("the result is no JSON: \(error.message)", at: .start(of: path))
        }
        let files = ([(path: path, bytes: bytes)] + imports).map { JsonnetResult.File(path: $0.path, hash: SourceFile.hash($0.bytes)) }
        let result = JsonnetResult(value: value, files: Array(OrderedSet(files)), asked: Array(asked))
        if result.asked.isEmpty || natives == .placeholders { cache?.keep(result, for: path, appID: appID) }
        return result
    }

    /// The value of one name.
    static func value(_ asked: JsonnetResult.Asked, _ providers: inout EnvironmentProviders) -> Result<String, ProviderError> {
        func failure(_ message: String) -> Result<String, ProviderError> {
            .failure(ProviderError(message: "provide.\(asked.kind.rawValue): " + message))
        }
        guard let options = try? JSON(parsing: asked.options) else { return failure("the options are not JSON text: use std.toString({path: '…'})") }
        do {
            let provider = try EnvironmentProvider.parse(options, kind: asked.kind, at: []).get()
            guard let value = try providers.values(of: provider)[asked.name] else { return failure("there is no \(asked.name) in \(provider.path)") }
            return .success(value)
        } catch let error as ProviderError {
            return failure(error.message)
        } catch {
            return failure((error as? Problem)?.message ?? "\(error)")
        }
    }
}
