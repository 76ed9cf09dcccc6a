import type { Machine } from "../ddi/machine.js";
import { UNICODE_STRING } from "../layout/list.js";
import type { Address, Handle } from "../memory/address.js";
import { writeFields } from "../memory/fields.js";
import type { Memory } from "../memory/memory.js";
import { DriverStartError } from "./driver-errors.js";

/** Enough that the verifier can keep its notes of an object. */
const HANDLE_SIZE = 16;

/** Fills in an NDIS_OBJECT_HEADER. */
export function writeHeader(memory: Memory, at: Address, type: number, revision: number, size: number): void {
  memory.u8[at] = type;
  memory.u8[at + 1] = revision;
  memory.u16[(at + 2) >>> 1] = size;
}

/** Blocks of the host in the driver's memory, of which the driver is shown some. They are gone with `release`. */
export class HostBlocks {
  private readonly blocks: Address[] = [];

  constructor(
    private readonly machine: Machine,
    private readonly tag: number,
  ) {}

  /** A zero-filled block. @throws DriverStartError when memory is short */
  zeroed(size: number): Address {
    const { memory, nonpaged } = this.machine;
    const at = nonpaged.allocate(size, this.tag, "system");
    if (at === 0)
      throw new DriverStartError(`the memory of ${memory.byteLength} bytes has no room left for what NDIS needs`);
    memory.u8.fill(0, at, at + size);
    this.blocks.push(at);
    return at;
  }

  /** A value for a handle that no other object has. @throws DriverStartError when memory is short */
  handle(): Handle {
    return this.zeroed(HANDLE_SIZE) as number;
  }

  /** A UNICODE_STRING with its characters behind it. @throws DriverStartError when memory is short */
  string(text: string): Address {
    const { memory } = this.machine;
    const bytes = 2 * text.length;
    const at = this.zeroed(UNICODE_STRING.size + bytes + 2);
    const buffer = at + UNICODE_STRING.size;
    writeFields(memory, UNICODE_STRING, at, { Length: bytes, MaximumLength: bytes + 2, Buffer: buffer });
    for (let i = 0; i < text.length; i++) memory.u16[(buffer >>> 1) + i] = text.charCodeAt(i);
    return at;
  }

  release(): void {
    for (const block of this.blocks) this.machine.nonpaged.free(block);
    this.blocks.length = 0;
  }
}
