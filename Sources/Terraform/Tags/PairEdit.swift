/// Writes a tag into a block of the configuration.
struct PairEdit {
    let file: HCLFile
    let rule: TagRule

    /// Where it is, and the change; no change when the text is not plain enough to be changed by a rule.
    typealias Change = (place: Int?, edit: TextEdit?)

    private var pair: String { "\(key) = \"\(value)\"" }
    private var value: String { rule.value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("${", with: "$${") }
    /// A key that is no identifier stands in quotes.
    private var key: String {
        var reader = HCLReader(bytes: Array(rule.key.utf8))
        return reader.identifier() == rule.key ? rule.key : "\"\(rule.key)\""
    }

    /// Sets the tag in an attribute such as `tags` of a block.
    func set(_ name: String, in block: HCLBlock) -> Change {
        guard let attribute = block.body.attribute(name) else {
            return (block.start, append(["\(name) = {", "  \(pair)", "}"], to: block))
        }
        var reader = HCLReader(bytes: file.bytes, at: attribute.value.lowerBound)
        if let items = try? reader.items(), reader.position == attribute.value.upperBound {
            if let item = items.first(where: { $0.key == rule.key }) { return (item.start, replace(item.value, with: "\"\(value)\"")) }
            let open = attribute.value.lowerBound
            if line(of: open) == line(of: attribute.value.upperBound) {
                return (attribute.start, replace(open..<(open + 1), with: items.isEmpty ? "{ \(pair) " : "{ \(pair),"))
            }
            let indentation = items.first.map { self.indentation(of: $0.start) } ?? self.indentation(of: attribute.start) + "  "
            return (attribute.start, TextEdit(line: line(of: open) + 1, count: 0, lines: [indentation + pair]))
        }
        // an expression: what stands last in merge() wins
        guard line(of: attribute.value.lowerBound) == line(of: attribute.value.upperBound) else { return (attribute.start, nil) }
        return (attribute.start, replace(attribute.value, with: "merge(\(file.text(attribute.value)), { \(pair) })"))
    }

    /// Sets it in a provider's default tags or labels.
    func setDefault(in provider: HCLBlock) -> Change {
        if provider.labels.first?.hasPrefix("google") == true { return set("default_labels", in: provider) }
        guard let defaults = provider.body.blocks("default_tags").first else {
            return (provider.start, append(["default_tags {", "  tags = {", "    \(pair)", "  }", "}"], to: provider))
        }
        return set("tags", in: defaults)
    }

    /// Sets it in the `tag` blocks of an auto-scaling group.
    func setTagBlock(in group: HCLBlock) -> Change {
        if let block = group.body.blocks("tag").first(where: { file.literal($0.body.attribute("key")) == rule.key }),
            let attribute = block.body.attribute("value")
        {
            return (attribute.start, replace(attribute.value, with: "\"\(value)\""))
        }
        let lines = ["tag {", "  key                 = \"\(rule.key)\"", "  value               = \"\(value)\"", "  propagate_at_launch = true", "}"]
        return (group.start, append(lines, to: group))
    }

    private func line(of place: Int) -> Int { file.line(of: place) - 1 }

    private func bounds(_ place: Int) -> Range<Int> {
        let start = file.bytes[..<place].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let end = file.bytes[place...].firstIndex(of: 0x0A) ?? file.bytes.count
        return start..<end
    }

    private func indentation(of place: Int) -> String { String(file.text(bounds(place)).prefix { $0 == " " || $0 == "\t" }) }

    /// Nil when the text goes over several lines.
    private func replace(_ range: Range<Int>, with text: String) -> TextEdit? {
        let bounds = bounds(range.lowerBound)
        guard range.upperBound <= bounds.upperBound else { return nil }
        let new = file.text(bounds.lowerBound..<range.lowerBound) + text + file.text(range.upperBound..<bounds.upperBound)
        return TextEdit(line: line(of: range.lowerBound), count: 1, lines: [new])
    }

    /// Lines before the closing brace of a block.
    private func append(_ lines: [String], to block: HCLBlock) -> TextEdit? {
        let indentation = indentation(of: block.start)
        let new = lines.map { "\(indentation)  \($0)" }
        let first = line(of: block.inside.lowerBound)
        let last = line(of: block.inside.upperBound)
        if first < last {
            // the brace has to stand alone on its line
            let before = file.text(bounds(block.inside.upperBound).lowerBound..<block.inside.upperBound)
            guard before.allSatisfy(\.isWhitespace) else { return nil }
            return TextEdit(line: last, count: 0, lines: new)
        }
        let bounds = bounds(block.start)
        let inside = file.text(block.inside).trimmingPrefix { $0 == " " }
        let head = file.text(bounds.lowerBound..<block.inside.lowerBound)
        let tail = file.text((block.inside.upperBound + 1)..<bounds.upperBound)
        let content = inside.isEmpty ? [] : ["\(indentation)  " + inside.reversed().drop { $0 == " " }.reversed()]
        return TextEdit(line: first, count: 1, lines: [head] + content + new + ["\(indentation)}\(tail)"])
    }
}
