import Foundation
import TestSupport
import Testing

@testable import Terraform

@Suite struct `The projects of a change` {
    /// A repository with five projects around one module.
    static let files: [String: String] = [
        ".terraform-version": "1.11.4\n",
        "terraform/kirare/main.tf": """
        terraform {
          backend "s3" {
            bucket = "states"
            key    = "kirare.tfstate"
          }
        }
        module "web" {
          source = "../../shared/web" # a comment with "quotes"
        }
        locals { greeting = file("${path.module}/../../texts/hello.txt") }

        """,
        "terraform/kirare/prod.tfvars": "x = 1\n", "terraform/kirare/.terraform.lock.hcl": "# lock\n", "terraform/kirare/README.md": "kirare\n",
        "terraform/ortensia/main.tf": """
        terraform {
          backend "s3" {
            bucket = "states"
            key    = "ortensia.tfstate"
          }
        }
        data "terraform_remote_state" "kirare" {
          backend = "s3"
          config = {
            bucket = "states"
            key    = "kirare.tfstate"
          }
        }
        resource "null_resource" "x" {
          triggers = {
            a = templatefile("../../texts/${var.x}.tpl", {})
            b = <<-EOT
              file("not/read") but ${filemd5("${path.module}/policies/a.json")}
            EOT
          }
        }

        """,
        "terraform/ortensia/policies/a.json": "{}\n",
        "terraform/stella-maris/main.tf": """
        terraform {
          backend "s3" { key = "stella.tfstate" }
        }
        resource "x" "y" { z = fileset(path.module, "../../certs/*.pem") }
        data "archive_file" "l" { source_dir = "${path.module}/../../lambda" }
        resource "aws_s3_object" "o" { source = "${path.module}/../../objects/${var.name}.zip" }

        """,
        "terraform/json/main.tf.json":
            #"{"terraform": {"backend": {"local": {}}}, "module": {"w": {"source": "../../shared/sub"}}, "locals": {"a": "${file(\"${path.module}/../../texts/json.txt\")}"}}"#,
        "terraform/linked/backend.tf": "terraform {\n  backend \"local\" {}\n}\n",
        "terraform/modules/unused/main.tf": "variable \"x\" {}\n",
        "shared/web/main.tf": "module \"sub\" {\n  source = \"../sub\"\n}\n", "shared/web/README.md": "web\n",
        "shared/sub/main.tf": "output \"x\" { value = file(\"${path.module}/x.txt\") }\n", "shared/sub/x.txt": "x\n",
        "shared/common.tf": "locals { a = 1 }\n",
        "texts/hello.txt": "hello\n", "texts/json.txt": "json\n", "texts/other.txt": "other\n", "lambda/a/index.js": "1\n", "apps/app.yml": "a\n",
    ]

    static func withRepository(_ body: (URL) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder in
            let folder = folder.resolvingSymlinksInPath()
            for (path, text) in files { try write(text, to: path, in: folder) }
            try FileManager.default.createSymbolicLink(
                atPath: folder.appending(path: "terraform/linked/common.tf").path(), withDestinationPath: "../../shared/common.tf")
            try await Shell.run("git", ["init", "-q", "-b", "main"], in: folder)
            try await commit(folder)
            try await Shell.run("git", ["checkout", "-q", "-b", "change"], in: folder)
            try await body(folder)
        }
    }

    static func write(_ text: String, to path: String, in folder: URL) throws {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    static func commit(_ folder: URL) async throws {
        try await Shell.run("git", ["add", "-A"], in: folder)
        try await Shell.run("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "x"], in: folder)
    }

    static func select(_ folder: URL, abandoned: [String] = []) async throws -> [Project] {
        let repository = try await Repository.around(folder.path())
        return try await ProjectSelection.changed(since: "main", in: repository, top: "terraform", abandoned: abandoned).projects
    }

    @Test func `are the folders with a backend, or with configuration that nobody calls`() async throws {
        try await Self.withRepository { folder in
            let repository = try await Repository.around(folder.path())
            let all = try ProjectSelection.all(root: repository.root, top: "terraform")
            #expect(all.projects.map(\.name) == ["json", "kirare", "linked", "ortensia", "stella-maris"])
        }
    }

    // ortensia's template is computed, so it is always planned; it also reads kirare's state
    @Test(arguments: [
        ("terraform/kirare/main.tf", "kirare ortensia", "file"), ("terraform/kirare/prod.tfvars", "kirare ortensia", "file"),
        ("terraform/kirare/.terraform.lock.hcl", "kirare ortensia", "file"), ("terraform/kirare/README.md", "ortensia", "unsure"),
        ("shared/web/main.tf", "kirare ortensia", "module"), ("shared/sub/main.tf", "json kirare ortensia", "module"),
        ("shared/sub/x.txt", "json kirare ortensia", "module"), ("shared/web/README.md", "ortensia", "unsure"),
        ("texts/hello.txt", "kirare ortensia", "reference"), ("texts/json.txt", "json ortensia", "reference"),
        ("texts/other.txt", "ortensia", "unsure"),
        ("certs/new.pem", "ortensia stella-maris", "reference"), ("lambda/a/index.js", "ortensia stella-maris", "reference"),
        ("objects/a.zip", "ortensia stella-maris", "reference"), ("shared/common.tf", "linked ortensia", "link"),
        ("apps/app.yml", "ortensia", "unsure"),
        ("terraform/modules/unused/main.tf", "ortensia", "unsure"),
        (".terraform-version", "json kirare linked ortensia stella-maris", "version"), ("terraform/ortensia/policies/a.json", "ortensia", "file"),
    ])
    func `are found by all that they read`(path: String, names: String, kind: String) async throws {
        try await Self.withRepository { folder in
            try Self.write("changed\n", to: path == "terraform/kirare/main.tf" ? "terraform/kirare/more.tf" : path, in: folder)
            if path.hasSuffix("main.tf"), path != "terraform/kirare/main.tf" {
                try Self.write(Self.files[path, default: ""] + "# changed\n", to: path, in: folder)
            }
            if path == "shared/common.tf" { try Self.write("locals { a = 2 }\n", to: path, in: folder) }
            if path == "terraform/kirare/main.tf" { try Self.write("locals { b = 1 }\n", to: "terraform/kirare/more.tf", in: folder) }
            let found = try await Self.select(folder)
            #expect(found.map(\.name).joined(separator: " ") == names, "\(found.map { ($0.name, $0.reasons.map(\.text)) })")
            #expect(found.contains { $0.reasons.contains { $0.kind.rawValue == kind } })
            #expect(found.allSatisfy { !$0.reasons.isEmpty && $0.action == .plan })
        }
    }

    @Test func `are those of the commits, whatever main did meanwhile`() async throws {
        try await Self.withRepository { folder in
            try Self.write("# changed\n", to: "terraform/stella-maris/more.tf", in: folder)
            try await Self.commit(folder)
            try await Shell.run("git", ["checkout", "-q", "main"], in: folder)
            try Self.write("# changed\n", to: "terraform/linked/more.tf", in: folder)
            try await Self.commit(folder)
            try await Shell.run("git", ["checkout", "-q", "change"], in: folder)
            #expect(try await Self.select(folder).map(\.name) == ["ortensia", "stella-maris"])
        }
    }

    @Test func `whose folder is gone are destroyed, abandoned or moved`() async throws {
        try await Self.withRepository { folder in
            try await Shell.run("git", ["rm", "-rq", "terraform/stella-maris"], in: folder)
            try await Shell.run("git", ["mv", "terraform/kirare", "terraform/renamed"], in: folder)
            try await Self.commit(folder)
            let found = try await Self.select(folder)
            #expect(found.first { $0.name == "stella-maris" }?.action == .destroy)
            #expect(found.first { $0.name == "stella-maris" }?.base?.count == 40)
            #expect(found.first { $0.name == "kirare" }?.action == .moved)
            #expect(found.first { $0.name == "renamed" }?.action == .plan)
            #expect(try await Self.select(folder, abandoned: ["stella-maris"]).first { $0.name == "stella-maris" }?.action == .abandoned)
        }
    }

    @Test func `are planned when they cannot be read`() async throws {
        try await Self.withRepository { folder in
            try Self.write("resource \"x\" {\n", to: "terraform/linked/broken.tf", in: folder)
            try await Self.commit(folder)
            let reasons = try await Self.select(folder).first { $0.name == "linked" }?.reasons ?? []
            #expect(reasons.contains { $0.kind == .unsure && $0.text.contains("broken.tf:2: a block is not closed") }, "\(reasons)")
        }
    }

    @Test func `are not guessed at without the commit to compare with`() async throws {
        try await Self.withRepository { folder in
            let repository = try await Repository.around(folder.path())
            let error = await #expect(throws: TerraformError.self) { try await repository.base("origin/nowhere") }
            #expect(error?.message.contains("fetch-depth: 0") == true)
        }
    }
}
