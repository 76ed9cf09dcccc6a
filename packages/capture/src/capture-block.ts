import type { CaptureSection } from "./capture-interface.js";

/** Numbers of the blocks of pcapng, under their names in draft-ietf-opsawg-pcapng. */
export const BlockType = {
  SectionHeader: 0x0a0d0d0a,
  InterfaceDescription: 1,
  /** Obsolete. */
  Packet: 2,
  SimplePacket: 3,
  NameResolution: 4,
  InterfaceStatistics: 5,
  EnhancedPacket: 6,
  DecryptionSecrets: 10,
  /** May be copied into another file. */
  Custom: 0x0bad,
  /** Must not be copied into another file. */
  CustomPrivate: 0x40000bad,
} as const;

/** A block of a pcapng file that is neither a frame nor a section header nor an interface. */
export interface CaptureBlock {
  /** See `BlockType`; any other number is a block this package does not know. */
  readonly type: number;
  /**
   * What is between the block's two lengths, in the byte order of the section. Borrowed: valid during the call it is
   * passed to.
   */
  readonly body: Uint8Array;
  readonly section: CaptureSection;
  /** Bytes from the start of the input to the block. */
  readonly position: number;
}
