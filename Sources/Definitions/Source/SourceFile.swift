import Crypto

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// A file that could not be read or written, in the system's words.
struct FileError: Error, Sendable, Hashable, CustomStringConvertible {
    let path: String
    let message: String

    init(_ path: String, _ message: String = String(cString: strerror(errno))) {
        self.path = path
        self.message = message.lowercased()
    }

    var description: String { "\(path): \(message)" }
}

/// Plain file access: the loader reads hundreds of small files, and starts too often to pay for more.
enum SourceFile {
    /// More than any definition needs, and little enough to be read whole.
    static let maximumSize = 8 << 20

    static func read(_ path: String) throws(FileError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileError(path) }
        defer { close(descriptor) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else { throw FileError(path) }
        guard facts.st_mode & S_IFMT != S_IFDIR else { throw FileError(path, "is a directory") }
        guard facts.st_mode & S_IFMT == S_IFREG else { throw FileError(path, "is not a regular file") }
        guard facts.st_size <= maximumSize else { throw FileError(path, "is larger than \(maximumSize >> 20) MiB") }
        let size = Int(facts.st_size)
        var failure: FileError?
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let got = Self.readSome(descriptor, UnsafeMutableRawBufferPointer(buffer)[count...])
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = FileError(path) }
                if got <= 0 { return }
                count += got
            }
        }
        if let failure { throw failure }
        return bytes
    }

    private static func readSome(_ descriptor: Int32, _ space: Slice<UnsafeMutableRawBufferPointer>) -> Int {
        let space = UnsafeMutableRawBufferPointer(rebasing: space)
        #if canImport(Darwin)
            return Darwin.read(descriptor, space.baseAddress, space.count)
        #elseif canImport(Glibc)
            return Glibc.read(descriptor, space.baseAddress, space.count)
        #else
            return Musl.read(descriptor, space.baseAddress, space.count)
        #endif
    }

    /// Writes the file in one step, readable by its owner only: whoever reads the path sees the old content or the new.
    static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        let temporary = "\(path).\(getpid()).\(UInt64.random(in: 0 ... .max))"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileError(temporary) }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { part in
                #if canImport(Darwin)
                    Darwin.write(descriptor, part.baseAddress, part.count)
                #elseif canImport(Glibc)
                    Glibc.write(descriptor, part.baseAddress, part.count)
                #else
                    Musl.write(descriptor, part.baseAddress, part.count)
                #endif
            }
            if count < 0, errno == EINTR { continue }
            if count < 0 { break }
            written += count
        }
        let isComplete = written == bytes.count
        guard close(descriptor) == 0, isComplete, rename(temporary, path) == 0 else {
            let error = FileError(path)
            unlink(temporary)
            throw error
        }
    }

    /// Creates the folder `path` and those above it, for their owner only.
    static func createDirectory(_ path: String) {
        if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
        let parent = directory(of: path)
        guard parent != path else { return }
        createDirectory(parent)
        mkdir(path, 0o700)
    }

    /// One spelling for every way to write the same file's path.
    static func canonical(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The folder that a file lies in, `.` for a bare name.
    static func directory(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// `path` as seen from `directory`.
    static func join(_ directory: String, _ path: String) -> String {
        if path.hasPrefix("/") || directory == "." { return path }
        return directory.hasSuffix("/") ? directory + path : directory + "/" + path
    }

    /// SHA-256 in hexadecimal digits.
    static func hash(_ bytes: [UInt8]) -> String {
        var hash = SHA256()
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for byte in hash.finalize() { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }
}
