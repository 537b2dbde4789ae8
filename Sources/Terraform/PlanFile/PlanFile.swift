public import Foundation

/// The text of a `terraform show -json PLANFILE`, checked from its first to its last byte.
///
/// It holds secrets in clear: nothing of it is ever printed but addresses, types and the values of tags.
public struct PlanFile: Sendable {
    /// More than any plan that was seen, and little enough to be held.
    public static let maximumSize = 1 << 30

    /// What messages call it.
    public let name: String
    let data: Data

    /// Takes text from somewhere else, such as stdin.
    public init(name: String, data: Data) {
        self.name = name
        self.data = data
    }

    /// Opens the file at `path`. It blocks.
    public init(path: String) throws(TerraformError) {
        name = path
        do {
            let size = try URL(filePath: path).resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
            guard size <= Self.maximumSize else { throw TerraformError("\(path) is larger than \(Self.maximumSize >> 20) MiB") }
            data = try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe)
        } catch let error as TerraformError {
            throw error
        } catch {
            throw TerraformError("\(path) cannot be read: \(error.localizedDescription). Make it with: terraform show -json PLANFILE > \(path)")
        }
    }

    /// Calls `body` with the text.
    func read<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws(TerraformError) -> Result) throws(TerraformError) -> Result {
        let result: Swift.Result<Result, TerraformError> = data.withUnsafeBytes { raw in
            let bytes = raw.assumingMemoryBound(to: UInt8.self)
            return Swift.Result { () throws(TerraformError) in
                try checkStart(bytes)
                return try body(bytes)
            }
        }
        do { return try result.get() } catch { throw TerraformError("\(name): \(error.message)") }
    }

    /// What is not the JSON of a plan is told by its first bytes, in words that say what it is.
    private func checkStart(_ bytes: UnsafeBufferPointer<UInt8>) throws(TerraformError) {
        let again = "write it with: terraform show -json PLANFILE > plan.json"
        guard let start = bytes.firstIndex(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) else {
            throw TerraformError("the file is empty; \(again)")
        }
        func begins(_ prefix: [UInt8]) -> Bool { bytes.starts(with: prefix) }
        if begins([0xEF, 0xBB, 0xBF]) {
            throw TerraformError("a byte order mark stands before the JSON text, so something has rewritten the file; \(again)")
        }
        if begins([0xFF, 0xFE]) || begins([0xFE, 0xFF]) {
            throw TerraformError(
                "the file is UTF-16 (PowerShell's > writes it); use: terraform show -json PLANFILE | Out-File -Encoding utf8NoBOM plan.json")
        }
        if begins([0x50, 0x4B]) { throw TerraformError("this is the plan file itself; \(again)") }
        guard bytes[start] == UInt8(ascii: "{") else {
            throw TerraformError(
                "there is text before the JSON, such as a wrapper's command line; \(again) (with hashicorp/setup-terraform: terraform_wrapper: false)"
            )
        }
        if UnsafeBufferPointer(rebasing: bytes[start...].prefix(200)).contains("\"@level\"") {
            throw TerraformError("this is the event stream of plan -json, which has no values; \(again)")
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    fileprivate func contains(_ text: String) -> Bool {
        let text = Array(text.utf8)
        guard count >= text.count else { return false }
        return (0...(count - text.count)).contains { start in self[start..<(start + text.count)].elementsEqual(text) }
    }
}
