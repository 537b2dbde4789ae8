import Alerting
import Foundation
import TestSupport
import Testing

@testable import Console

@Suite struct `The server's token` {
    @Test func `is made once, long, and for its owner only`() async throws {
        try await withTemporaryDirectory { folder in
            let first = try AccessToken.load(folder: folder.path)
            let again = try AccessToken.load(folder: folder.path)
            #expect(first.text == again.text && first.text.hasPrefix("jbk_") && first.text.count == 68)
            let mode = try FileManager.default.attributesOfItem(atPath: first.path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(first.bearer.matches(authorization: "Bearer \(first.text)") && !first.bearer.matches(authorization: "Bearer x"))
        }
    }
}
