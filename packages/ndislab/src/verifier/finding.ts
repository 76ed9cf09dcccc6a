import type { RuleId, Severity } from "./rule.js";

/** A place in the driver's source. */
export interface SourceLocation {
  /** As given to the compiler. */
  readonly file: string;
  readonly line: number;
  readonly function: string;
}

/** A broken rule, with the call that broke it and the object it is about. */
export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** What happened, with the numbers, and what to do instead. */
  readonly message: string;
  /** The call; for a leak found at unload, the allocation. */
  readonly at: SourceLocation | null;
  readonly allocatedAt: SourceLocation | null;
  readonly object: { readonly kind: string; readonly address: number } | null;
  /** How often the same rule was broken by the same call on objects from the same place. */
  count: number;
}
