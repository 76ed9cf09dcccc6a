/** What kind of failure a {@link ToolchainError} is; stable, for programs to branch on. */
export type ToolchainErrorCode =
  /** The C does not compile; `diagnostics` is clang's message. */
  | "compile-failed"
  /** The files compile but do not link, for example a function defined twice. */
  | "link-failed"
  /** No source defines a DriverEntry that the linker can see. */
  | "no-driver-entry"
  /** No sources were given, or a source is not C. */
  | "bad-source"
  /** A source named in the options cannot be read. */
  | "source-not-found"
  /** The compiler itself broke. */
  | "compiler-crashed"
  /** A WebAssembly module is malformed or uses an instruction that is not known here. */
  | "bad-module"
  /** Debug information is malformed or of a version that is not known here. */
  | "bad-dwarf";

/** Every error this package throws: a code for programs and one sentence for people. */
export class ToolchainError extends Error {
  readonly code: ToolchainErrorCode;

  constructor(code: ToolchainErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ToolchainError";
    this.code = code;
  }
}

/** A driver's C is at fault: it does not compile, does not link or has no DriverEntry. */
export class CompileError extends ToolchainError {
  /**
   * The compiler's or linker's own message with file, line and column, paths as the user gave them, warnings left out.
   * Empty for "no-driver-entry".
   */
  readonly diagnostics: string;

  constructor(code: "compile-failed" | "link-failed" | "no-driver-entry", message: string, diagnostics: string) {
    super(code, message);
    this.name = "CompileError";
    this.diagnostics = diagnostics;
  }
}
