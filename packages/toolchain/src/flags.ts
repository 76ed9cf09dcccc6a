/**
 * The data model of 32-bit Windows on wasm32: ILP32, 64-bit types aligned to 8, two-byte wchar_t, Microsoft bit-fields.
 * What Microsoft's compiler lets pass (aliasing, wrapping, reads before a NULL check) stays defined, and pointers to
 * other types only warn. But a function pointer of another type would trap when it is called, so that is an error.
 */
const LANGUAGE = [
  "-std=gnu17",
  "-fms-extensions",
  "-fshort-wchar",
  "-mms-bitfields",
  "-ffreestanding",
  "-fno-builtin",
  "-nostdlibinc",
  "-fno-strict-aliasing",
  "-fwrapv",
  "-fno-delete-null-pointer-checks",
  "-Wno-error=incompatible-pointer-types",
  "-Werror=implicit-function-declaration",
  "-Werror=int-conversion",
  "-Werror=incompatible-function-pointer-types",
];

/** Line tables and inlined subroutines, without types and variables: a third of the cost of -g. */
const LINES = ["-gdwarf-4", "-gline-tables-only"];

/**
 * Two equal calls in two branches must stay two calls: merged into one they have no line. So the passes that hoist,
 * sink and tail-merge common code are off.
 */
const KEEP_CALLS_APART = ["-simplifycfg-sink-common=0", "-simplifycfg-hoist-common=0", "-enable-tail-merge=0"];

/** What decides the code of one C file beside its text. */
export interface CompileFlags {
  readonly optimize: 0 | 1;
  /** Whether to tell the lines of the code. */
  readonly lines: boolean;
  /** "NAME" or "NAME=VALUE". */
  readonly defines: readonly string[];
  /** Directories in the compiler's file tree, searched in this order. */
  readonly includeDirs: readonly string[];
  /** Directory whose headers give no warnings, searched last. */
  readonly systemDir: string;
}

/** Flags for `clang -c` of driver code. */
export function compileFlags({ optimize, lines, defines, includeDirs, systemDir }: CompileFlags): string[] {
  return [
    "--target=wasm32-unknown-unknown",
    `-O${optimize}`,
    ...LANGUAGE,
    ...(lines ? LINES : []),
    ...KEEP_CALLS_APART.flatMap((option) => ["-mllvm", option]),
    ...defines.map((define) => `-D${define}`),
    ...includeDirs.flatMap((directory) => ["-I", directory]),
    "-isystem",
    systemDir,
  ];
}

/** Flags for `clang -fsyntax-only` of a text whose static assertions prove a layout. */
export function layoutFlags(target: string, systemDir: string): string[] {
  return [`--target=${target}`, "-fsyntax-only", ...LANGUAGE, "-isystem", systemDir];
}

/** Where a driver's image lies in the memory it shares with others. */
export interface ImagePlacement {
  /** First address of the image; a multiple of 16. */
  readonly globalBase: number;
  /** Bytes of stack; a multiple of 16. */
  readonly stackSize: number;
}

/**
 * Flags for `wasm-ld`. A linked driver takes one run of addresses and leaves all others alone:
 *
 * ```
 *  globalBase       dataEnd                       heapBase
 *      │               │                              │
 *      ▼               ▼                              ▼
 *      ┌───────┬───────┬──────────────────────────────┐
 *      │ data  │ bss   │ ◄──────────────────── stack  │   free for the host
 *      └───────┴───────┴──────────────────────────────┘
 *                      │◄────── stackSize, +15 ──────►│
 *                                              __stack_pointer at the start
 * ```
 *
 * Measured with the linker of LLVM 22: by default, and with --stack-first, the stack takes 0 … stackSize whatever
 * --global-base says, where it would cover the null page and the stack of the next driver. --no-stack-first puts it
 * behind the data, the size rounded so that both ends are multiples of 16. The price is that a stack that overflows runs
 * into bss instead of trapping. Memory and its size are the host's; at its start the module only fills bss with zeros
 * and data with its initial values.
 */
export function linkFlags({ globalBase, stackSize }: ImagePlacement, moduleName: string): string[] {
  return [
    "--no-entry",
    "--import-memory",
    "--export-table",
    "--growable-table",
    "--allow-undefined",
    "--export-if-defined=DriverEntry",
    "--export=__stack_pointer",
    "--export=__data_end",
    "--export=__heap_base",
    "--no-stack-first",
    `--global-base=${globalBase}`,
    "-z",
    `stack-size=${stackSize}`,
    `--soname=${moduleName}`,
  ];
}
