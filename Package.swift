// swift-tools-version: 6.2
import PackageDescription

/// One set of compiler settings for every target: the language's upcoming features that make dependencies and
/// isolation explicit, and no warnings.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// The executables carry the Swift runtime, so that they start fast and run in an empty container image.
let standalone: [LinkerSetting] = [
    .unsafeFlags(
        [
            "-static-stdlib", "-Xlinker", "--start-group", "-lCoreFoundation", "-l_FoundationICU", "-l_FoundationCShims", "-l_FoundationCollections",
            "-lFoundationInternationalization", "-lFoundationEssentials", "-Xlinker", "--end-group",
        ], .when(platforms: [.linux]))
]

/// Evaluating Jsonnet is mostly allocation, and takes two thirds of the time with this allocator.
let allocator: [LinkerSetting] = [.linkedLibrary("mimalloc", .when(platforms: [.linux]))]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let jwtKit = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let orderedCollections = Target.Dependency.product(name: "OrderedCollections", package: "swift-collections")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

func library(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

let package = Package(
    name: "jubako",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "jubako", targets: ["jubako"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.34.1"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .executableTarget(
            name: "jubako", dependencies: ["Commands", argumentParser], swiftSettings: settings, linkerSettings: allocator + standalone),
        library(
            "Commands",
            [
                "Console", asyncHTTPClient, nioCore, nioHTTP1, "Platform", "Objectives", "Alerting", "Monitoring", "Terraform", "Deployments",
                "Engine",
                "Definitions", "AWS",
                "ECSModel",
                "ServiceModel", argumentParser, logging,
                unixSignals,
                serviceLifecycle, systemPackage,
            ]),
        library(
            "Platform",
            [
                "Console", "Objectives", "Alerting", "Monitoring", asyncHTTPClient, nioCore, nioHTTP1, "Deployments", "Engine", "Definitions", "AWS",
                "ECSModel",
                "ServiceModel", "Store",
                logging, serviceLifecycle, unixSignals,
                subprocess,
                systemPackage,
            ]),
        .target(
            name: "Console",
            dependencies: [
                "Objectives", "Alerting", "Monitoring", "Terraform", "Deployments", "Definitions", "AWS", "PrometheusText", "ServiceModel", "Store",
                asyncHTTPClient, crypto,
                hummingbird, hummingbirdCore, httpTypes, jwtKit, logging, mustache, nioCore, nioHTTP1, nioHTTPTypes, orderedCollections,
                serviceLifecycle, systemPackage,
            ],
            resources: [
                .embedInCode("Assets/style.css"), .embedInCode("Assets/app.js"), .embedInCode("Assets/worker.js"), .embedInCode("Assets/icon.svg"),
            ],
            swiftSettings: settings),
        library(
            "Alerting",
            [
                "Definitions", "PrometheusText", "ServiceModel", "Store", asyncHTTPClient, crypto, hummingbird, httpTypes, logging, nioCore, nioHTTP1,
                nioPosix, serviceLifecycle, orderedCollections,
            ]),
        library(
            "Monitoring",
            [
                "Definitions", "AWS", "PrometheusText", "ServiceModel", "Store", asyncHTTPClient, logging, nioCore, nioHTTP1, nioPosix, nioSSL,
                nioTLS,
                serviceLifecycle, subprocess, systemPackage, orderedCollections, yams,
            ]),
        library(
            "Objectives",
            ["Definitions", "ServiceModel", "Store", crypto, logging, serviceLifecycle, orderedCollections, yams]),
        library("Terraform", ["ServiceModel", "Store", crypto, orderedCollections, subprocess, systemPackage]),
        library("Deployments", ["Definitions", "AWS", "ECSModel", "ServiceModel", "Store"]),
        library(
            "Engine",
            [
                "ECSModel", "PrometheusText", "ServiceModel", "Store", hummingbird, httpTypes, asyncHTTPClient, nioCore, nioHTTP1, nioPosix, logging,
                serviceLifecycle,
                subprocess,
                systemPackage, orderedCollections,
            ]),
        library("Definitions", ["CJsonnet", "ECSModel", "PrometheusText", "ServiceModel", yams, crypto, nioPosix, nioCore, orderedCollections]),
        library("AWS", ["ServiceModel", asyncHTTPClient, crypto, nioCore, nioHTTP1, nioPosix, nioSSL, logging, subprocess, systemPackage]),
        library("ECSModel", ["ServiceModel", orderedCollections]),
        library("PrometheusText", []),
        library("ServiceModel", [orderedCollections]),
        library("Store", [grdb]),
        .systemLibrary(name: "CJsonnet", providers: [.apt(["libjsonnet-dev"]), .brew(["jsonnet"])]),
        .executableTarget(
            name: "recipes",
            dependencies: [argumentParser, asyncHTTPClient, hummingbird, httpTypes, logging, nioCore, nioHTTP1, serviceLifecycle, unixSignals],
            path: "examples/cookbook/source", swiftSettings: settings, linkerSettings: standalone),
        .target(
            name: "TestSupport",
            dependencies: [
                "ServiceModel", asyncHTTPClient, crypto, cryptoExtras, hummingbird, httpTypes, logging, nioCore, nioPosix, nioHTTP1,
                serviceLifecycle, subprocess,
                systemPackage,
            ],
            path: "Tests/TestSupport", swiftSettings: settings),
        tests("ServiceModelTests", ["ServiceModel"]),
        tests("ECSModelTests", ["ECSModel", "ServiceModel"]),
        tests("PrometheusTextTests", ["PrometheusText"]),
        tests("StoreTests", ["Store", "TestSupport"]),
        tests("AWSTests", ["AWS", "ServiceModel", "TestSupport", hummingbird, httpTypes, nioCore, logging], exclude: ["Fixtures"]),
        tests("DefinitionsTests", ["Definitions", "ECSModel", "ServiceModel", "TestSupport"], exclude: ["Fixtures"]),
        tests("DeploymentsTests", ["Deployments", "Definitions", "AWS", "ECSModel", "ServiceModel", "Store", "TestSupport"]),
        tests(
            "ConsoleTests",
            [
                "Console", "Alerting", "AWS", "Definitions", "Deployments", "Monitoring", "Terraform", "ServiceModel", "Store", "TestSupport",
                asyncHTTPClient,
                hummingbird, httpTypes, logging,
                nioCore, nioHTTP1, serviceLifecycle,
            ]),
        tests(
            "PlatformTests",
            [
                "Platform", "Definitions", "Monitoring", "ServiceModel", "TestSupport", asyncHTTPClient, logging, nioCore, nioHTTP1,
                serviceLifecycle, systemPackage,
            ]),
        tests(
            "AlertingTests",
            [
                "Alerting", "Definitions", "ServiceModel", "Store", "TestSupport", asyncHTTPClient, hummingbird, httpTypes, logging, nioCore,
                nioHTTP1,
                orderedCollections, serviceLifecycle, subprocess, systemPackage,
            ]),
        tests(
            "ObjectivesTests",
            ["Objectives", "Definitions", "ServiceModel", "Store", "TestSupport", subprocess, systemPackage]),
        tests(
            "MonitoringTests",
            [
                "Monitoring", "PrometheusText", "Definitions", "AWS", "ServiceModel", "Store", "TestSupport", logging, nioCore, nioPosix, nioSSL,
                subprocess, systemPackage,
            ],
            exclude: ["Fixtures"]),
        tests(
            "EngineTests",
            [
                "Engine", "ECSModel", "PrometheusText", "ServiceModel", "Store", "TestSupport", asyncHTTPClient, hummingbird, httpTypes, logging,
                nioCore, nioHTTP1,
                subprocess, systemPackage,
            ]),
        tests("TerraformTests", ["Terraform", "ServiceModel", "Store", "TestSupport", subprocess, systemPackage]),
        tests("CommandsTests", ["Commands", "Definitions", "Deployments", "ServiceModel", "TestSupport", argumentParser, nioHTTP1]),
        tests(
            "Acceptance", ["AWS", "ServiceModel", "TestSupport", asyncHTTPClient, logging, nioCore, nioHTTP1, nioPosix, subprocess, systemPackage],
            exclude: ["Clients"]),
    ],
    swiftLanguageModes: [.v6]
)
