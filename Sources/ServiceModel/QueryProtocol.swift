/// AWS's Query protocol: a form goes in, XML comes out. Both directions of both, so that client and engine share one codec.
public enum QueryProtocol {
    /// The error of a Query answer.
    public struct Fault: Sendable, Hashable {
        public let code: String
        public let message: String

        public init(code: String, message: String) {
            self.code = code
            self.message = message
        }
    }

    // MARK: Requests

    /// The form fields of a request: `Action`, `Version`, then the input's members flattened (`Names.member.1`), percent-encoded.
    public static func encodeForm(_ operation: ServiceModel.Operation, _ input: JSON, model: ServiceModel) -> String {
        var fields = [("Action", operation.name), ("Version", model.version)]
        if let type = operation.input { flatten(input, as: type, prefix: "", model: model, into: &fields) }
        return fields.map { "\(percentEncode($0.0))=\(percentEncode($0.1))" }.joined(separator: "&")
    }

    private static func flatten(_ value: JSON, as type: String, prefix: String, model: ServiceModel, into fields: inout [(String, String)]) {
        func nested(_ name: String) -> String { prefix.isEmpty ? name : "\(prefix).\(name)" }
        switch model.shape(type) {
        case .structure(let structure):
            for member in structure.members.values where !value[member.name].isNull {
                flatten(value[member.name], as: member.type, prefix: nested(member.name), model: model, into: &fields)
            }
        case .list(let element):
            if value.array.isEmpty { fields.append((prefix, "")) }
            for (index, each) in value.array.enumerated() {
                flatten(each, as: element, prefix: nested("member.\(index + 1)"), model: model, into: &fields)
            }
        case .map(let element):
            for (index, (key, each)) in value.object.enumerated() {
                fields.append((nested("entry.\(index + 1).key"), key))
                flatten(each, as: element, prefix: nested("entry.\(index + 1).value"), model: model, into: &fields)
            }
        default:
            fields.append((prefix, value.scalarText ?? ""))
        }
    }

    /// The fields of a form, decoded. Later fields of the same name win.
    public static func parseForm(_ body: String) -> [String: String] {
        var fields: [String: String] = [:]
        for pair in body.utf8.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            fields[percentDecode(parts[0])] = parts.count > 1 ? percentDecode(parts[1]) : ""
        }
        return fields
    }

    /// The input that the fields of a form spell, with the model's types. Values that do not fit their type stay strings.
    public static func decodeForm(_ fields: [String: String], _ operation: ServiceModel.Operation, model: ServiceModel) -> JSON {
        guard let type = operation.input else { return [:] }
        let root = FormNode(fields)
        return unflatten(root, as: type, model: model)
    }

    private static func unflatten(_ node: FormNode, as type: String, model: ServiceModel) -> JSON {
        switch model.shape(type) {
        case .structure(let structure):
            var object = JSONObject()
            for (name, child) in node.children {
                guard let member = structure.members[name] else { continue }
                object[name] = unflatten(child, as: member.type, model: model)
            }
            return .object(object)
        case .list(let element):
            let items = node.children["member"]?.children ?? [:]
            return .array(items.sorted { Int($0.key) ?? 0 < Int($1.key) ?? 0 }.map { unflatten($0.value, as: element, model: model) })
        case .map(let element):
            var object = JSONObject()
            for (_, entry) in (node.children["entry"]?.children ?? [:]).sorted(by: { Int($0.key) ?? 0 < Int($1.key) ?? 0 }) {
                guard let key = entry.children["key"]?.value else { continue }
                object[key] = entry.children["value"].map { unflatten($0, as: element, model: model) }
            }
            return .object(object)
        default:
            return scalar(node.value, model.shape(type))
        }
    }

    // MARK: Answers

    /// The XML document of a successful answer.
    public static func encodeAnswer(_ output: JSON, _ operation: ServiceModel.Operation, model: ServiceModel, requestID: String) -> String {
        var text = "<\(operation.name)Response xmlns=\"\(model.scope)\"><\(operation.name)Result>"
        if let type = operation.output { write(output, as: type, model: model, into: &text) }
        text += "</\(operation.name)Result><ResponseMetadata><RequestId>\(requestID)</RequestId></ResponseMetadata></\(operation.name)Response>"
        return text
    }

    /// The XML document of an error.
    public static func encodeFault(_ fault: Fault, isSender: Bool, model: ServiceModel, requestID: String) -> String {
        var text = "<ErrorResponse xmlns=\"\(model.scope)\"><Error><Type>\(isSender ? "Sender" : "Receiver")</Type><Code>"
        XMLElement.escape(fault.code, into: &text)
        text += "</Code><Message>"
        XMLElement.escape(fault.message, into: &text)
        return text + "</Message></Error><RequestId>\(requestID)</RequestId></ErrorResponse>"
    }

    private static func write(_ value: JSON, as type: String, model: ServiceModel, into text: inout String) {
        func element(_ name: String, _ content: JSON, _ type: String) {
            text += "<\(name)>"
            write(content, as: type, model: model, into: &text)
            text += "</\(name)>"
        }
        switch model.shape(type) {
        case .structure(let structure):
            for member in structure.members.values where !value[member.name].isNull { element(member.name, value[member.name], member.type) }
        case .list(let type):
            for each in value.array { element("member", each, type) }
        case .map(let type):
            for (key, each) in value.object {
                text += "<entry><key>"
                XMLElement.escape(key, into: &text)
                text += "</key>"
                element("value", each, type)
                text += "</entry>"
            }
        default:
            XMLElement.escape(value.scalarText ?? "", into: &text)
        }
    }

    /// The output in the XML of a successful answer.
    ///
    /// - Throws: ``XMLSyntaxError``.
    public static func decodeAnswer(_ xml: String, _ operation: ServiceModel.Operation, model: ServiceModel) throws(XMLSyntaxError) -> JSON {
        let root = try XMLElement(parsing: xml)
        guard let type = operation.output else { return [:] }
        return read(root.child("\(operation.name)Result") ?? root, as: type, model: model)
    }

    /// The error in the XML of a failed answer, or nil when it holds none.
    public static func decodeFault(_ xml: String) -> Fault? {
        guard let root = try? XMLElement(parsing: xml), let error = root.child("Error") ?? root.child("Errors")?.child("Error") else { return nil }
        return Fault(code: error.child("Code")?.text ?? "", message: error.child("Message")?.text ?? "")
    }

    private static func read(_ element: XMLElement, as type: String, model: ServiceModel) -> JSON {
        switch model.shape(type) {
        case .structure(let structure):
            var object = JSONObject()
            for child in element.children {
                guard let member = structure.members[child.name] else { continue }
                object[child.name] = read(child, as: member.type, model: model)
            }
            return .object(object)
        case .list(let type): return .array(element.children.map { read($0, as: type, model: model) })
        case .map(let type):
            var object = JSONObject()
            for entry in element.children {
                guard let key = entry.child("key")?.text, let value = entry.child("value") else { continue }
                object[key] = read(value, as: type, model: model)
            }
            return .object(object)
        case let shape: return scalar(element.text, shape)
        }
    }

    private static func scalar(_ text: String, _ shape: Shape) -> JSON {
        switch shape {
        case .integer, .long: Int(text).map(JSON.integer) ?? .string(text)
        case .double: Double(text).map(JSON.number) ?? .string(text)
        case .boolean: text == "true" ? true : text == "false" ? false : .string(text)
        default: .string(text)
        }
    }

    // MARK: Percent encoding

    /// RFC 3986 with AWS's strictness: only letters, digits and `-._~` stay as they are.
    public static func percentEncode(_ text: String) -> String {
        var output = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                output.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                output += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return output
    }

    private static func percentDecode(_ text: some Collection<UInt8>) -> String {
        var output: [UInt8] = []
        var rest = Array(text)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2, let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
                output.append(code)
                rest = rest.dropFirst(2)
            } else {
                output.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}

/// The fields of a form as a tree: `A.member.1` is A → member → 1.
private struct FormNode {
    var value = ""
    var children: [String: FormNode] = [:]

    init() {}

    init(_ fields: [String: String]) {
        for (name, value) in fields { insert(value, at: name.split(separator: ".").prefix(32)) }
    }

    private mutating func insert(_ value: String, at path: ArraySlice<Substring>) {
        guard let first = path.first else {
            self.value = value
            return
        }
        children[String(first), default: FormNode()].insert(value, at: path.dropFirst())
    }
}
