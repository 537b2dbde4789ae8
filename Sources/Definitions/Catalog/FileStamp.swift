#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// What tells two contents of one path apart without reading them.
struct FileStamp: Sendable, Hashable {
    let path: String
    private let device: UInt64
    private let inode: UInt64
    private let size: Int
    private let seconds: Int
    private let nanoseconds: Int

    var exists: Bool { size >= 0 }

    /// Of the file at `path` as it is now; all files that are missing are alike.
    init(_ path: String) {
        self.path = path
        var facts = stat()
        let exists = stat(path, &facts) == 0
        device = exists ? UInt64(facts.st_dev) : 0
        inode = exists ? UInt64(facts.st_ino) : 0
        size = exists ? Int(facts.st_size) : -1
        #if canImport(Darwin)
            seconds = exists ? Int(facts.st_mtimespec.tv_sec) : 0
            nanoseconds = exists ? Int(facts.st_mtimespec.tv_nsec) : 0
        #else
            seconds = exists ? Int(facts.st_mtim.tv_sec) : 0
            nanoseconds = exists ? Int(facts.st_mtim.tv_nsec) : 0
        #endif
    }
}
