/** `Symbol.dispose`, and what stands for it where the engine has none yet: no method is named "undefined" there. */
export const DISPOSE: typeof Symbol.dispose = Symbol.dispose ?? (Symbol.for("Symbol.dispose") as typeof Symbol.dispose);
