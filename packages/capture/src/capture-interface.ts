import type { CaptureOptions } from "./capture-options.js";
import type { Clock } from "./clock.js";

/** What a writer has to know of an interface. A `CaptureInterface` of a reader is one. */
export interface InterfaceDescription {
  /** Number of the link type; see `linkTypeName`. */
  readonly linkType: number;
  /**
   * Most bytes captured of a frame; 0, and by default, no limit. Written as 262,144 at least: frames may have grown,
   * real files hold longer ones, and other programs cut or refuse what is beyond it.
   */
  readonly snapLength?: number;
  /**
   * What the stamps given to the writer mean; by default `Clock.nanoseconds`: seconds, and nanoseconds into the second.
   */
  readonly clock?: Clock;
  /** Bytes of frame check sequence at the end of each frame; undefined where that is not known. Kept in pcap only. */
  readonly fcsLength?: number | undefined;
  /** Options of the interface. if_tsresol and if_tsoffset are written from `clock`. Kept in pcapng only. */
  readonly options?: CaptureOptions;
  /** The section it belongs to; a pcapng writer that was given no section options takes them from here. */
  readonly section?: CaptureSection | undefined;
}

/** A section of a capture: the whole of a classic pcap, or what follows a Section Header Block. Immutable. */
export interface CaptureSection {
  /** Number in the capture, from 0. */
  readonly id: number;
  readonly bigEndian: boolean;
  /** Options of the section header, empty for a classic pcap. */
  readonly options: CaptureOptions;
}

/** An interface that frames were captured on, as the reader found it. Immutable. */
export interface CaptureInterface extends InterfaceDescription {
  /** Index in `CaptureReader.interfaces`: counted through all sections, from 0. */
  readonly id: number;
  readonly snapLength: number;
  readonly clock: Clock;
  readonly fcsLength: number | undefined;
  readonly options: CaptureOptions;
  readonly section: CaptureSection;
}
