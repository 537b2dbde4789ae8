import NIOPosix
public import ServiceModel

/// Loads definitions. Made once; holds where rendered Jsonnet is kept.
public struct DefinitionLoader: Sendable {
    public enum Mode: Sendable, Hashable {
        /// Real values everywhere: for deploy and one-off tasks.
        case resolve
        /// Real values in `env`; Jsonnet gets `${NAME}` from `provide.*`, but every name it asks for must exist: for validation.
        case check
        /// No provider is read: `env` keeps its `#{name}`, and Jsonnet gets `${NAME}`.
        case placeholders
        /// As `resolve`, and the document shows the values too.
        case expand
    }

    public struct Options: Sendable, Hashable {
        /// Instead of `app.tag`.
        public var tag: String?
        public var mode: Mode

        /// The names that `monitoring.thresholds` may have; nil for those of the `jubako.yml` beside or above the definition.
        public var thresholds: Set<String>?

        public init(tag: String? = nil, mode: Mode = .resolve, thresholds: Set<String>? = nil) {
            self.tag = tag
            self.mode = mode
            self.thresholds = thresholds
        }
    }

    private let cache: JsonnetCache?

    /// - Parameter cacheDirectory: where rendered Jsonnet is kept; nil keeps none.
    public init(cacheDirectory: String?) {
        cache = cacheDirectory.map { JsonnetCache(directory: $0 + "/jsonnet") }
    }

    /// A loader that keeps rendered Jsonnet in the user's cache folder: `$XDG_CACHE_HOME/jubako`, else `~/.cache/jubako`.
    public init(environment: [String: String]) {
        let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 + "/.cache" }
        let base = environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home
        self.init(cacheDirectory: base.map { $0 + "/jubako" })
    }

    /// Loads and checks the definition at `path`.
    ///
    /// - Throws: ``DefinitionProblems`` with everything that is wrong.
    public func load(_ path: String, options: Options = Options()) async throws(DefinitionProblems) -> Definition {
        let cache = cache
        return try await Self.onThread(path) { Loading(path: path, options: options, cache: cache).definition() }
    }

    /// The content of the file with includes resolved, unchecked: it may be any value.
    ///
    /// - Throws: ``DefinitionProblems`` when it cannot be read.
    public func document(_ path: String, mode: Mode) async throws(DefinitionProblems) -> JSON {
        let cache = cache
        return try await Self.onThread(path) { Loading(path: path, options: Options(mode: mode), cache: cache).document() }
    }

    /// Loads and checks the definition at `path`.
    ///
    /// - Parameter isNamed: false for a file found in a folder, which need not be a definition.
    /// - Returns: nil when it is none.
    func load(_ path: String, options: Options, isNamed: Bool) async throws(DefinitionProblems) -> Definition? {
        let cache = cache
        return try await Self.onThread(path) { Loading(path: path, options: options, cache: cache).definition(isNamed: isNamed) }
    }

    /// Files are read and Jsonnet evaluated on threads that may block.
    private static func onThread<Value: Sendable>(
        _ path: String, _ body: @escaping @Sendable () -> Result<Value, DefinitionProblems>
    ) async throws(DefinitionProblems) -> Value {
        let result: Result<Value, DefinitionProblems>
        do { result = try await NIOThreadPool.singleton.runIfActive(body) } catch {
            throw DefinitionProblems([DefinitionProblem("loading was cancelled", at: .start(of: path))], entry: path)
        }
        return try result.get()
    }
}
