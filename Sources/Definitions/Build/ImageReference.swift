import ServiceModel

/// The image of a container: `image` with `tag`, or with a digest, or a sidecar's `image_tag` as it is.
enum ImageReference {
    /// - Parameter tag: of the command line, for `app` only.
    static func image(of container: SourceContainer, tag: String?, problems: inout [Problem]) -> String {
        let written = container.written
        if !container.isApp, !written["image_tag"].isNull {
            for key in ["image", "tag"] where !written[key].isNull {
                problems.append(Problem("\(key) and image_tag cannot both be set", at: container.path(.key(key)), isAboutKey: true))
            }
            return container.checked["image_tag"].string ?? ""
        }
        guard let image = container.checked["image"].string else {
            if !container.isApp, case .object = written, written["image"].isNull {
                problems.append(Problem("image_tag is missing", at: container.path))
            }
            return ""
        }
        if image.contains("@") {
            if !written["tag"].isNull {
                problems.append(
                    Problem("image names a digest, so there can be no tag beside it", at: container.path(.key("tag")), isAboutKey: true))
            } else if tag != nil, container.isApp {
                problems.append(Problem("image names a digest, so no other tag can be deployed", at: container.path(.key("image"))))
            }
            return image
        }
        let name = image.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        if let colon = name.firstIndex(of: ":") {
            let found = name[name.index(after: colon)...]
            problems.append(Problem("image has a tag: write tag: '\(found)' beside it", at: container.path(.key("image"))))
        }
        return "\(image):\((container.isApp ? tag : nil) ?? container.checked["tag"].string ?? "latest")"
    }
}
