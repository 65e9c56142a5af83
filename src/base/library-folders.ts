/** Where Debian, Fedora, Arch and Homebrew put shared libraries; elsewhere there is no usual place. */
export const libraryFolders: readonly string[] =
  process.platform === "darwin"
    ? ["/opt/homebrew/lib", "/usr/local/lib"]
    : process.platform === "linux"
      ? [
          `/usr/lib/${process.arch === "arm64" ? "aarch64" : "x86_64"}-linux-gnu`,
          "/usr/lib64",
          "/usr/lib",
          "/usr/local/lib64",
          "/usr/local/lib",
        ]
      : [];
