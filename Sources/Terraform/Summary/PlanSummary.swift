public import ServiceModel

/// What a plan does, for people: what is lost first. It tells names of attributes and never a value, so that no secret can be in it.
public struct PlanSummary: Sendable {
    /// In the order in which they matter.
    public enum Group: String, Sendable, Hashable, CaseIterable {
        case destroy, replace, forget, update, create, adopt, move

        var title: String {
            switch self {
            case .destroy: "Destroyed"
            case .replace: "Replaced: destroyed and made anew"
            case .forget: "Forgotten: they stay, and Terraform no longer knows them"
            case .update: "Changed"
            case .create: "Created"
            case .adopt: "Imported"
            case .move: "Moved to another address"
            }
        }

        var mark: String {
            switch self {
            case .destroy: "-"
            case .replace: "-/+"
            case .forget: "."
            case .update: "~"
            case .create: "+"
            case .adopt: "<-"
            case .move: "->"
            }
        }
    }

    public struct Entry: Sendable, Hashable {
        public let address: String
        public let group: Group
        public let type: String
        /// The names of the attributes that change.
        public let attributes: [String]
        /// Those that force the replacement.
        public let forcing: [String]
        public let note: String?

        /// Losing it loses data.
        public var holdsData: Bool { (group == .destroy || group == .replace) && StatefulTypes.holdsData(type) }
    }

    public private(set) var entries: [Entry] = []
    public private(set) var totals: [Group: Int] = [:]
    public private(set) var unchanged = 0
    public private(set) var outputChanges = 0
    /// Resources that somebody changed past Terraform.
    public private(set) var drifted = 0
    public private(set) var terraformVersion = ""

    public var hasChanges: Bool { !entries.isEmpty || outputChanges > 0 }

    /// - Throws: ``TerraformError`` when the file is not a whole, faultless plan.
    public init(_ file: PlanFile) throws(TerraformError) {
        var summary = (entries: [Entry](), unchanged: 0)
        let outline = try PlanReader(file: file, readsChanges: true).read { change, _ throws(TerraformError) in
            guard change.isManaged, change.action != .read else { return }
            guard let group = Self.group(of: change) else {
                summary.unchanged += 1
                return
            }
            summary.entries.append(
                Entry(
                    address: change.address, group: group, type: change.type, attributes: change.changedAttributes,
                    forcing: change.replacingAttributes,
                    note: Self.note(change)))
        }
        unchanged = summary.unchanged
        let order = Dictionary(uniqueKeysWithValues: Group.allCases.enumerated().map { ($1, $0) })
        entries = summary.entries.enumerated().sorted { left, right in
            let a = (order[left.element.group] ?? 0, left.element.holdsData ? 0 : 1, left.offset)
            let b = (order[right.element.group] ?? 0, right.element.holdsData ? 0 : 1, right.offset)
            return a < b
        }.map(\.element)
        for entry in entries { totals[entry.group, default: 0] += 1 }
        outputChanges = outline.outputChanges
        drifted = outline.driftedResources
        terraformVersion = outline.terraformVersion
    }

    private static func group(of change: PlannedChange) -> Group? {
        switch change.action {
        case .delete: .destroy
        case .replace: .replace
        case .forget: .forget
        case .update: .update
        case .create, .other: .create
        case .noOp: change.isImport ? .adopt : change.previousAddress != nil && change.previousAddress != change.address ? .move : nil
        case .read: nil
        }
    }

    private static func note(_ change: PlannedChange) -> String? {
        var notes: [String] = []
        if let deposed = change.deposed { notes.append("deposed object \(deposed), left by a replacement that failed half-way") }
        if change.isImport { notes.append("imported") }
        if let previous = change.previousAddress, previous != change.address { notes.append("moved from \(previous)") }
        switch change.actionReason {
        case "replace_because_tainted": notes.append("it is tainted")
        case "replace_by_request": notes.append("asked for with -replace")
        case "replace_by_triggers": notes.append("replace_triggered_by")
        case "delete_because_no_resource_config": notes.append("it is no longer in the configuration")
        case "delete_because_no_module": notes.append("its module is no longer in the configuration")
        case "delete_because_wrong_repetition", "delete_because_count_index", "delete_because_each_key":
            notes.append("its instance is no longer in the configuration")
        default: break
        }
        return notes.isEmpty ? nil : notes.joined(separator: "; ")
    }

    /// One line with all totals.
    public var line: String {
        let words = Group.allCases.compactMap { group in totals[group].map { "\($0) to \(group.rawValue)" } }
        let outputs = outputChanges > 0 ? ["\(outputChanges) \(outputChanges == 1 ? "output changes" : "outputs change")"] : []
        let text = words + outputs
        return (text.isEmpty ? "no changes" : text.joined(separator: ", ")) + (unchanged > 0 ? "; \(unchanged) unchanged" : "")
    }

    public var json: JSON {
        .object([
            "changes": .bool(hasChanges), "terraform_version": .string(terraformVersion), "unchanged": .integer(unchanged),
            "output_changes": .integer(outputChanges), "drifted": .integer(drifted),
            "totals": .object(Group.allCases.reduce(into: [:]) { $0[$1.rawValue] = .integer(totals[$1] ?? 0) }),
            "resources": .array(
                entries.map { entry in
                    .compact([
                        "address": .string(entry.address), "action": .string(entry.group.rawValue), "type": .string(entry.type),
                        "holds_data": .bool(entry.holdsData), "attributes": JSON(entry.attributes), "forced_by": JSON(entry.forcing),
                        "note": JSON(entry.note),
                    ])
                }),
        ])
    }
}

/// Types that hold what cannot be made again.
enum StatefulTypes {
    private static let types: Set<String> = [
        "aws_db_instance", "aws_rds_cluster", "aws_rds_cluster_instance", "aws_s3_bucket", "aws_dynamodb_table", "aws_efs_file_system",
        "aws_ebs_volume",
        "aws_elasticache_cluster", "aws_elasticache_replication_group", "aws_redshift_cluster", "aws_docdb_cluster", "aws_neptune_cluster",
        "aws_opensearch_domain", "aws_elasticsearch_domain", "aws_kms_key", "aws_kinesis_stream", "aws_msk_cluster", "aws_fsx_lustre_file_system",
        "aws_secretsmanager_secret", "aws_ssm_parameter", "aws_cognito_user_pool", "aws_route53_zone", "aws_ecr_repository", "aws_backup_vault",
        "aws_cloudwatch_log_group", "aws_sqs_queue", "google_sql_database_instance", "google_storage_bucket", "google_bigquery_dataset",
        "google_bigquery_table", "google_spanner_instance", "google_spanner_database", "google_compute_disk", "google_kms_crypto_key",
        "azurerm_storage_account", "azurerm_mssql_database", "azurerm_postgresql_flexible_server", "azurerm_cosmosdb_account", "azurerm_key_vault",
        "azurerm_managed_disk",
    ]

    static func holdsData(_ type: String) -> Bool { types.contains(type) }
}
