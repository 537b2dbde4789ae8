import Definitions
import Foundation
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import PrometheusText
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import Monitoring

@Suite struct `The certificate of an app` {
    @Test func `is read whoever signed it, and its end is a metric`() async throws {
        try await withTemporaryDirectory { folder in
            let made = try await Subprocess.run(
                .name("openssl"),
                arguments: [
                    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "3", "-subj", "/CN=localhost",
                    "-keyout", "\(folder.path())/key.pem", "-out", "\(folder.path())/cert.pem",
                ], output: .discarded, error: .string(limit: 1 << 16))
            #expect(made.terminationStatus.isSuccess, "\(made.standardError)")
            let certificates = try NIOSSLCertificate.fromPEMFile("\(folder.path())/cert.pem")
            let tls = try NIOSSLContext(
                configuration: .makeServerConfiguration(
                    certificateChain: certificates.map { .certificate($0) },
                    privateKey: .privateKey(NIOSSLPrivateKey(file: "\(folder.path())/key.pem", format: .pem))))
            let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                }.bind(host: "127.0.0.1", port: 0).get()
            let port = try #require(server.localAddress?.port)
            let file = folder.appending(path: "web.yml")
            try "scheduler: {type: ecs, desired_count: 1}\napp: {image: web, memory: 64}\nmonitoring: {url: 'https://localhost:\(port)/'}\n"
                .write(to: file, atomically: true, encoding: .utf8)
            let catalog = await CatalogSource(organizationFile: nil, paths: [file.path()], loader: DefinitionLoader(cacheDirectory: nil)).load()
            #expect(catalog.problems == [])
            let watch = CertificateWatch(catalog: { catalog }, environment: "production", logger: Logger(label: "test"))
            await watch.look()
            var text = Exposition()
            await watch.write(to: &text)
            let days = try #require(text.text.split(separator: " ").last.flatMap { Double($0.trimmingCharacters(in: .whitespacesAndNewlines)) })
            #expect(abs(days - Date().timeIntervalSince1970 - 3 * 86_400) < 3600, "\(text.text)")
            #expect(text.text.contains("app=\"web\"") && text.text.contains("environment=\"production\""))
            try await server.close()
            await #expect(throws: (any Error).self) { try await Certificate.expiry(host: "127.0.0.1", port: port) }
        }
    }
}
