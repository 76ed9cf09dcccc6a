import type { Machine } from "../ddi/machine.js";
import {
  FILTER_MODULE_VALUES,
  NDIS_FILTER_ATTACH_PARAMETERS,
  NDIS_FILTER_PAUSE_PARAMETERS,
  NDIS_FILTER_RESTART_PARAMETERS,
  NDIS_PAUSE_REASONS,
} from "../layout/filter-module.js";
import { NDIS_MEDIUM } from "../layout/medium.js";
import { NDIS_OBJECT_TYPES } from "../layout/object-header.js";
import {
  NDIS_RESTART_ATTRIBUTES,
  NDIS_RESTART_GENERAL_ATTRIBUTES,
  RESTART_ATTRIBUTES_VALUES,
} from "../layout/restart-attributes.js";
import type { Structure } from "../layout/structure.js";
import type { Address } from "../memory/address.js";
import { writeFields } from "../memory/fields.js";
import { poolTag } from "../memory/tag.js";
import { allocateUnicodeString } from "./unicode-string.js";

const TAG = poolTag("NDfm");
const GIGABIT = 1_000_000_000;
const MTU = 1500;
const OID_GEN_MINIPORT_RESTART_ATTRIBUTES = 0x0001021d;

/** The adapter that a filter finds itself on. */
const ADAPTER = {
  filterName: "{2C1A5F0B-0001-4000-8000-000000000001}-{2C1A5F0B-0002-4000-8000-000000000002}-0000",
  instanceName: "ndislab Ethernet Adapter",
  deviceName: "\\DEVICE\\{2C1A5F0B-0001-4000-8000-000000000001}",
  macAddress: [0x02, 0x00, 0x00, 0x00, 0x00, 0x01],
  interfaceIndex: 8,
  lowerInterfaceIndex: 7,
} as const;

/** The parameter structures of a filter's life cycle, in the memory, the caller's until `release`. */
export class FilterParameters {
  private readonly blocks: Address[] = [];

  constructor(private readonly machine: Machine) {}

  attach(): Address {
    const { memory } = this.machine;
    const at = this.structure(
      NDIS_FILTER_ATTACH_PARAMETERS,
      FILTER_MODULE_VALUES.NDIS_FILTER_ATTACH_PARAMETERS_REVISION_4,
      NDIS_OBJECT_TYPES.NDIS_OBJECT_TYPE_FILTER_ATTACH_PARAMETERS,
    );
    writeFields(memory, NDIS_FILTER_ATTACH_PARAMETERS, at, {
      IfIndex: ADAPTER.interfaceIndex,
      FilterModuleGuidName: this.string(ADAPTER.filterName),
      BaseMiniportIfIndex: ADAPTER.lowerInterfaceIndex,
      BaseMiniportInstanceName: this.string(ADAPTER.instanceName),
      BaseMiniportName: this.string(ADAPTER.deviceName),
      MediaConnectState: 1,
      MediaDuplexState: 2,
      XmitLinkSpeed: GIGABIT,
      RcvLinkSpeed: GIGABIT,
      MiniportMediaType: NDIS_MEDIUM.values.NdisMedium802_3,
      MacAddressLength: ADAPTER.macAddress.length,
      LowerIfIndex: ADAPTER.lowerInterfaceIndex,
      BaseMiniportIfConnectorPresent: 1,
    });
    memory.u8.set(ADAPTER.macAddress, at + NDIS_FILTER_ATTACH_PARAMETERS.offset.CurrentMacAddress);
    return at;
  }

  restart(): Address {
    const { memory } = this.machine;
    const attributes = this.block(NDIS_RESTART_ATTRIBUTES.offset.Data + NDIS_RESTART_GENERAL_ATTRIBUTES.size);
    writeFields(memory, NDIS_RESTART_ATTRIBUTES, attributes, {
      Oid: OID_GEN_MINIPORT_RESTART_ATTRIBUTES,
      DataLength: NDIS_RESTART_GENERAL_ATTRIBUTES.size,
    });
    const general = attributes + NDIS_RESTART_ATTRIBUTES.offset.Data;
    this.header(
      NDIS_RESTART_GENERAL_ATTRIBUTES,
      general,
      RESTART_ATTRIBUTES_VALUES.NDIS_RESTART_GENERAL_ATTRIBUTES_REVISION_2,
      NDIS_OBJECT_TYPES.NDIS_OBJECT_TYPE_DEFAULT,
    );
    writeFields(memory, NDIS_RESTART_GENERAL_ATTRIBUTES, general, {
      MtuSize: MTU,
      MaxXmitLinkSpeed: GIGABIT,
      MaxRcvLinkSpeed: GIGABIT,
      LookaheadSize: MTU,
      MaxMulticastListSize: 32,
    });
    const at = this.structure(
      NDIS_FILTER_RESTART_PARAMETERS,
      FILTER_MODULE_VALUES.NDIS_FILTER_RESTART_PARAMETERS_REVISION_1,
      NDIS_OBJECT_TYPES.NDIS_OBJECT_TYPE_FILTER_RESTART_PARAMETERS,
    );
    writeFields(memory, NDIS_FILTER_RESTART_PARAMETERS, at, {
      MiniportMediaType: NDIS_MEDIUM.values.NdisMedium802_3,
      RestartAttributes: attributes,
      LowerIfIndex: ADAPTER.lowerInterfaceIndex,
    });
    return at;
  }

  pause(): Address {
    const at = this.structure(
      NDIS_FILTER_PAUSE_PARAMETERS,
      FILTER_MODULE_VALUES.NDIS_FILTER_PAUSE_PARAMETERS_REVISION_1,
      NDIS_OBJECT_TYPES.NDIS_OBJECT_TYPE_FILTER_PAUSE_PARAMETERS,
    );
    writeFields(this.machine.memory, NDIS_FILTER_PAUSE_PARAMETERS, at, {
      PauseReason: NDIS_PAUSE_REASONS.NDIS_PAUSE_DETACH_FILTER,
    });
    return at;
  }

  release(): void {
    for (const block of this.blocks) this.machine.nonpaged.free(block);
    this.blocks.length = 0;
  }

  private structure(structure: Structure<string>, revision: number, type: number): Address {
    const at = this.block(structure.size);
    this.header(structure, at, revision, type);
    return at;
  }

  private header(structure: Structure<string>, at: Address, revision: number, type: number): void {
    const { u8, u16 } = this.machine.memory;
    u8[at] = type;
    u8[at + 1] = revision;
    u16[(at + 2) >>> 1] = structure.size;
  }

  private string(text: string): Address {
    const at = allocateUnicodeString(this.machine, text);
    this.blocks.push(at);
    return at;
  }

  /** A zero-filled block. */
  private block(size: number): Address {
    const at = this.machine.nonpaged.allocate(size, TAG, "system");
    this.machine.memory.u8.fill(0, at, at + size);
    this.blocks.push(at);
    return at;
  }
}
