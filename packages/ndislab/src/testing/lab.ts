import type { AnyFunction } from "../ddi/entry.js";
import { Machine } from "../ddi/machine.js";
import { createDdi, type Ddi } from "../ddi/table.js";
import {
  NDIS_OBJECT_TYPES,
  NET_BUFFER_LIST_POOL_PARAMETERS,
  NET_BUFFER_POOL_PARAMETERS,
  POOL_PARAMETER_REVISIONS,
} from "../layout/object-header.js";
import type { Address, Handle } from "../memory/address.js";
import { writeFields } from "../memory/fields.js";
import { poolTag } from "../memory/tag.js";
import type { Profile } from "../ndis5/buffer-pools.js";
import type { Finding, SourceLocation } from "../verifier/finding.js";
import type { RuleId } from "../verifier/rule.js";
import { type Role, Verifier } from "../verifier/verifier.js";

/** Where the driver's stack is: between the image and the nonpaged pool, so that no allocation ever lies there. */
export const STACK: Address = 0x18000;
const POOL_BASE = 0x20000;

/** What out-parameters hold before a call. */
export const POISON = 0xaaaa_aaaa;

export const TAG = poolTag("tseT");

export interface LabOptions {
  readonly profile?: Profile;
  readonly role?: Role;
  readonly memorySize?: number;
  readonly locate?: (site: number) => SourceLocation | null;
  readonly thorough?: boolean;
}

/** Members of NET_BUFFER_LIST_POOL_PARAMETERS that tests vary. */
export interface ListPoolParameters {
  readonly fAllocateNetBuffer?: boolean;
  readonly DataSize?: number;
  readonly ContextSize?: number;
  readonly ProtocolId?: number;
  readonly PoolTag?: number;
}

/** What is in native code answers with signed numbers. */
function unsigned(functions: Readonly<Record<string, unknown>>): Record<string, AnyFunction> {
  const converted: Record<string, AnyFunction> = {};
  for (const [name, native] of Object.entries(functions))
    converted[name] = (...args) => {
      const answer: unknown = (native as AnyFunction)(...args);
      return typeof answer === "number" ? answer >>> 0 : answer;
    };
  return converted;
}

/** A machine with the verifier in front of it, and what the tests keep asking of one. */
export class Lab {
  readonly machine: Machine;
  readonly verifier: Verifier;
  /** The DDI as a driver under the verifier calls it. */
  readonly ddi: Ddi;
  /** The DDI without the verifier, which knows nothing of what this allocates. */
  readonly plain: Ddi;
  /** Out-parameters, on the stack. */
  readonly status: Address = STACK;
  readonly out: Address = STACK + 8;
  readonly length: Address = STACK + 16;
  private readonly parameters: Address = STACK + 64;
  private readonly taken = new Map<Finding, number>();

  constructor(options: LabOptions = {}) {
    const { profile = "strict", role = "lower", memorySize = 4 << 20, locate = () => null, thorough = false } = options;
    this.machine = new Machine({ memorySize, poolBase: POOL_BASE, profile });
    this.verifier = new Verifier(this.machine, { role, locate, thorough });
    this.plain = createDdi(this.machine);
    const guarded = this.verifier.wrap(this.plain);
    this.ddi = Object.assign(Object.create(guarded), unsigned(this.verifier.plain.guards(guarded)));
  }

  u32(address: Address): number {
    return this.machine.memory.u32[address >>> 2];
  }

  setU32(address: Address, value: number): void {
    this.machine.memory.u32[address >>> 2] = value;
  }

  /** Fills the out-parameters, and all of the pool that nobody has yet, with rubbish. */
  poison(): void {
    const { memory, nonpaged } = this.machine;
    memory.u8.fill(0xaa, STACK, STACK + 32);
    memory.u8.fill(0xaa, nonpaged.base + nonpaged.grownBytes, nonpaged.end);
  }

  /** Nonpaged memory with a pattern in it, unknown to the verifier's leak check. */
  block(size: number): Address {
    const { memory, nonpaged } = this.machine;
    const block = nonpaged.allocate(size, TAG, "driver");
    if (block === 0) throw new Error(`no room for a block of ${size} bytes`);
    for (let i = 0; i < size; i++) memory.u8[block + i] = patternByte(block + i);
    return block;
  }

  /** A chain of MDLs of these lengths, each over memory of its own; 0 for none. Unknown to the leak check. */
  chain(sizes: readonly number[]): Address {
    let next: Address = 0;
    for (const size of [...sizes].reverse()) {
      const mdl = this.plain.NdisAllocateMdl(0, this.block(Math.max(1, size)), size);
      this.setU32(mdl, next);
      next = mdl;
    }
    return next;
  }

  bufferPool(descriptors: number): Handle {
    this.ddi.NdisAllocateBufferPool(this.status, this.out, descriptors);
    return this.u32(this.out);
  }

  /** NdisAllocateBuffer: `*Buffer`, with `*Status` left in `status`. */
  buffer(pool: Handle, address: Address, length: number): Address {
    this.ddi.NdisAllocateBuffer(this.status, this.out, pool, address, length);
    return this.u32(this.out);
  }

  packetPool(packets: number, reservedLength = 16): Handle {
    this.ddi.NdisAllocatePacketPool(this.status, this.out, packets, reservedLength);
    return this.u32(this.out);
  }

  /** NdisAllocatePacket: `*Packet`, with `*Status` left in `status`. */
  packet(pool = this.packetPool(1)): Address {
    this.ddi.NdisAllocatePacket(this.status, this.out, pool);
    return this.u32(this.out);
  }

  /** Parameters of a NET_BUFFER pool, as a driver has them on its stack. */
  netBufferPoolParameters(dataSize = 0): Address {
    const { memory } = this.machine;
    writeFields(memory, NET_BUFFER_POOL_PARAMETERS, this.parameters, {
      "Header.Type": NDIS_OBJECT_TYPES.NDIS_OBJECT_TYPE_DEFAULT,
      "Header.Revision": POOL_PARAMETER_REVISIONS.NET_BUFFER_POOL_PARAMETERS_REVISION_1,
      "Header.Size": POOL_PARAMETER_REVISIONS.NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1,
      PoolTag: TAG,
      DataSize: dataSize,
    });
    return this.parameters;
  }

  netBufferPool(dataSize = 0): Handle {
    return this.ddi.NdisAllocateNetBufferPool(0, this.netBufferPoolParameters(dataSize));
  }

  netBufferListPoolParameters(parameters: ListPoolParameters = {}): Address {
    const { fAllocateNetBuffer = false, DataSize = 0, ContextSize = 0, ProtocolId = 0, PoolTag = TAG } = parameters;
    const { memory } = this.machine;
    writeFields(memory, NET_BUFFER_LIST_POOL_PARAMETERS, this.parameters, {
      "Header.Type": NDIS_OBJECT_TYPES.NDIS_OBJECT_TYPE_DEFAULT,
      "Header.Revision": POOL_PARAMETER_REVISIONS.NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
      "Header.Size": POOL_PARAMETER_REVISIONS.NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
      ProtocolId,
      fAllocateNetBuffer: fAllocateNetBuffer ? 1 : 0,
      ContextSize,
      PoolTag,
      DataSize,
    });
    return this.parameters;
  }

  netBufferListPool(parameters: ListPoolParameters = {}): Handle {
    return this.ddi.NdisAllocateNetBufferListPool(0, this.netBufferListPoolParameters(parameters));
  }

  /** A NET_BUFFER over a new chain of these MDL lengths. */
  netBuffer(sizes: readonly number[], dataOffset: number, dataLength: number, pool = this.netBufferPool()): Address {
    return this.ddi.NdisAllocateNetBuffer(pool, this.chain(sizes), dataOffset, dataLength);
  }

  /** The rule of everything found since `takeRules`, in order; a finding that came twice is there twice. */
  get rules(): RuleId[] {
    return this.fresh().map(({ rule }) => rule);
  }

  /** `rules`, which are then no longer new. */
  takeRules(): RuleId[] {
    const { rules } = this;
    for (const finding of this.verifier.findings) this.taken.set(finding, finding.count);
    return rules;
  }

  /** The one and only new finding, which is of this rule. */
  onlyFinding(rule: RuleId): Finding {
    const fresh = this.fresh();
    if (fresh.length === 1 && fresh[0].rule === rule) return fresh[0];
    throw new Error(
      `expected ${rule} alone, found: ${fresh.map((f) => `\n${f.rule}: ${f.message}`).join("") || "nothing"}`,
    );
  }

  private fresh(): Finding[] {
    return this.verifier.findings.flatMap((finding) =>
      Array<Finding>(finding.count - (this.taken.get(finding) ?? 0)).fill(finding),
    );
  }
}

/** What `block` puts at an address: neighbouring bytes and neighbouring pages differ. */
export const patternByte = (address: Address): number => (address * 7 + (address >>> 8) * 13 + 5) & 0xff;
