import CJsonnet
import ServiceModel

/// One evaluation by libjsonnet. It blocks for tens of milliseconds: never call it on the cooperative pool.
///
/// A machine of its own per evaluation: libjsonnet's is not safe to share between threads.
final class JsonnetMachine {
    /// What a native function `provide.NAME(options, name)` gives, or why it fails.
    typealias Provide = (_ kind: EnvironmentProvider.Kind, _ options: String, _ name: String) -> Result<String, ProviderError>

    private let machine: OpaquePointer
    private let provide: Provide
    /// Every file that was imported, as it was read.
    private(set) var imports: [(path: String, bytes: [UInt8])] = []
    private var natives: [Native] = []

    /// - Returns: nil when libjsonnet cannot start.
    init?(provide: @escaping Provide) {
        guard let machine = jsonnet_make() else { return nil }
        self.machine = machine
        self.provide = provide
    }

    deinit { jsonnet_destroy(machine) }

    /// Evaluates `source`.
    ///
    /// - Returns: the value as JSON text, or libjsonnet's message with its stack trace.
    func evaluate(_ source: [UInt8], of path: String, variables: [String: String]) -> (isValue: Bool, text: String) {
        for (name, value) in variables { jsonnet_ext_var(machine, name, value) }
        jsonnet_import_callback(machine, importCallback, Unmanaged.passUnretained(self).toOpaque())
        natives = EnvironmentProvider.Kind.allCases.map { Native(kind: $0, machine: self) }
        for native in natives { register(native) }
        var failed: Int32 = 0
        let source = source.map { CChar(bitPattern: $0) } + [0]
        guard let output = jsonnet_evaluate_snippet(machine, path, source, &failed) else { return (false, "libjsonnet gave no answer") }
        defer { _ = jsonnet_realloc(machine, output, 0) }
        return (failed == 0, String(cString: output))
    }

    private func register(_ native: Native) {
        "options".withCString { options in
            "name".withCString { name in
                jsonnet_native_callback(
                    machine, "provide." + native.kind.rawValue, nativeCallback, Unmanaged.passUnretained(native).toOpaque(), [options, name, nil])
            }
        }
    }

    /// `bytes` in memory that libjsonnet frees itself.
    private func copy(_ bytes: [UInt8]) -> UnsafeMutablePointer<CChar>? {
        guard let memory = jsonnet_realloc(machine, nil, bytes.count + 1) else { return nil }
        bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(start: memory, count: $0.count).copyMemory(from: $0) }
        memory[bytes.count] = 0
        return memory
    }

    fileprivate func read(_ path: String, from directory: String) -> (content: UnsafeMutablePointer<CChar>?, foundHere: UnsafeMutablePointer<CChar>?)
    {
        let path = path.hasPrefix("/") ? path : directory + path
        do {
            let bytes = try SourceFile.read(path)
            imports.append((path, bytes))
            return (copy(bytes), copy(Array(path.utf8)))
        } catch {
            return (copy(Array("\(error)".utf8)), nil)
        }
    }

    fileprivate func value(_ native: Native, _ options: String?, _ name: String?) -> (value: OpaquePointer?, isValue: Bool) {
        guard let options, let name else {
            return (
                jsonnet_json_make_string(machine, "provide.\(native.kind.rawValue) takes two strings: the options as JSON text, and the name"), false
            )
        }
        switch provide(native.kind, options, name) {
        case .success(let value): return (jsonnet_json_make_string(machine, value), true)
        case .failure(let error): return (jsonnet_json_make_string(machine, error.message), false)
        }
    }

    fileprivate func string(_ value: OpaquePointer?) -> String? {
        value.flatMap { jsonnet_json_extract_string(machine, $0) }.map { String(cString: $0) }
    }
}

private final class Native {
    let kind: EnvironmentProvider.Kind
    unowned let machine: JsonnetMachine

    init(kind: EnvironmentProvider.Kind, machine: JsonnetMachine) {
        self.kind = kind
        self.machine = machine
    }
}

private func importCallback(
    _ context: UnsafeMutableRawPointer?, _ base: UnsafePointer<CChar>?, _ path: UnsafePointer<CChar>?,
    _ foundHere: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, _ success: UnsafeMutablePointer<Int32>?
) -> UnsafeMutablePointer<CChar>? {
    guard let context, let base, let path else { return nil }
    let machine = Unmanaged<JsonnetMachine>.fromOpaque(context).takeUnretainedValue()
    let result = machine.read(String(cString: path), from: String(cString: base))
    success?.pointee = result.foundHere == nil ? 0 : 1
    if let found = result.foundHere { foundHere?.pointee = found }
    return result.content
}

private func nativeCallback(
    _ context: UnsafeMutableRawPointer?, _ arguments: UnsafePointer<OpaquePointer?>?, _ success: UnsafeMutablePointer<Int32>?
) -> OpaquePointer? {
    guard let context, let arguments else { return nil }
    let native = Unmanaged<Native>.fromOpaque(context).takeUnretainedValue()
    let result = native.machine.value(native, native.machine.string(arguments[0]), native.machine.string(arguments[1]))
    success?.pointee = result.isValue ? 1 : 0
    return result.value
}
