import type { Direction, Faults, Finding, Profile } from "ndislab";

/** What a driver lives through beside its start and its unload. */
export interface Traffic {
  /** Ethernet frames, without their checksum. A driver that is no filter sees none of them. */
  readonly frames: readonly Uint8Array[];
  readonly direction: Direction;
  /** Milliseconds that one callback may run. */
  readonly timeout: number;
  /** How conflicts between documents are decided; `strict` unless given. */
  readonly profile?: Profile;
  /** Requests of the driver that fail. */
  readonly faults?: Faults;
}

/** What came of one life of a driver. */
export interface Outcome {
  readonly findings: readonly Finding[];
  /** `own` of those that came out are frames that the driver made itself. */
  readonly packets: { readonly in: number; readonly out: number; readonly own: number; readonly dropped: number };
  /** Why the driver would not start; undefined when it did. */
  readonly refusal: string | undefined;
  /** All that the driver printed. */
  readonly printed: string;
}

/** Something that runs the C of a driver under the rules. */
export interface Backend {
  /**
   * Compiles `files` as one driver, starts it, sends the traffic through it and unloads it.
   * @param files relative to the directory of the project; findings name them in the same way
   * @throws when the C does not compile without a warning
   */
  run(files: readonly string[], defines: readonly string[], traffic: Traffic): Promise<Outcome>;
}
