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
import { NDIS_OID_REQUEST, NDIS_REQUEST_TYPE, OID_REQUEST_VALUES } from "../layout/oid-request.js";
import type { Structure } from "../layout/structure.js";
import type { Address, Handle } from "../memory/address.js";
import { writeFields } from "../memory/fields.js";
import { ADAPTER } from "./adapter.js";
import { type HostBlocks, writeHeader } from "./host-blocks.js";

/** What the protocols above set when they start: directed and broadcast frames. */
const OID_GEN_CURRENT_PACKET_FILTER = 0x0001010e;
const PACKET_FILTER = 0x00000001 | 0x00000008;

/**
 * What a filter module is handed in its life: the parameter structures of its handlers and the request from above. All
 * of it is made before the module attaches, so that nothing later can fail for want of memory.
 */
export class FilterParameters {
  /** Handles, which are addresses that nothing else has: of the module, and of whoever sends and receives beside it. */
  readonly module: Handle;
  readonly source: Handle;
  readonly attach: Address;
  readonly restart: Address;
  readonly pause: Address;
  /** A request that sets the packet filter. */
  readonly request: Address;

  /** @throws DriverStartError when memory is short */
  constructor(
    private readonly machine: Machine,
    private readonly blocks: HostBlocks,
  ) {
    this.module = blocks.handle();
    this.source = blocks.handle();
    this.attach = this.makeAttach();
    this.restart = this.makeRestart();
    this.pause = this.makePause();
    this.request = this.makeRequest();
  }

  private makeAttach(): Address {
    const { memory } = this.machine;
    const at = this.structure(
      NDIS_FILTER_ATTACH_PARAMETERS,
      FILTER_MODULE_VALUES.NDIS_FILTER_ATTACH_PARAMETERS_REVISION_4,
      NDIS_OBJECT_TYPES.NDIS_OBJECT_TYPE_FILTER_ATTACH_PARAMETERS,
    );
    writeFields(memory, NDIS_FILTER_ATTACH_PARAMETERS, at, {
      IfIndex: ADAPTER.interfaceIndex,
      FilterModuleGuidName: this.blocks.string(ADAPTER.filterName),
      BaseMiniportIfIndex: ADAPTER.lowerInterfaceIndex,
      BaseMiniportInstanceName: this.blocks.string(ADAPTER.instanceName),
      BaseMiniportName: this.blocks.string(ADAPTER.deviceName),
      MediaConnectState: 1,
      MediaDuplexState: 2,
      XmitLinkSpeed: ADAPTER.linkSpeed,
      RcvLinkSpeed: ADAPTER.linkSpeed,
      MiniportMediaType: NDIS_MEDIUM.values.NdisMedium802_3,
      MacAddressLength: ADAPTER.macAddress.length,
      LowerIfIndex: ADAPTER.lowerInterfaceIndex,
      BaseMiniportIfConnectorPresent: 1,
    });
    memory.u8.set(ADAPTER.macAddress, at + NDIS_FILTER_ATTACH_PARAMETERS.offset.CurrentMacAddress);
    return at;
  }

  private makeRestart(): Address {
    const at = this.structure(
      NDIS_FILTER_RESTART_PARAMETERS,
      FILTER_MODULE_VALUES.NDIS_FILTER_RESTART_PARAMETERS_REVISION_1,
      NDIS_OBJECT_TYPES.NDIS_OBJECT_TYPE_FILTER_RESTART_PARAMETERS,
    );
    writeFields(this.machine.memory, NDIS_FILTER_RESTART_PARAMETERS, at, {
      MiniportMediaType: NDIS_MEDIUM.values.NdisMedium802_3,
      LowerIfIndex: ADAPTER.lowerInterfaceIndex,
    });
    return at;
  }

  private makePause(): Address {
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

  private makeRequest(): Address {
    const { memory } = this.machine;
    const at = this.blocks.zeroed(NDIS_OID_REQUEST.size + 4);
    const value = at + NDIS_OID_REQUEST.size;
    memory.u32[value >>> 2] = PACKET_FILTER;
    writeHeader(
      memory,
      at,
      NDIS_OBJECT_TYPES.NDIS_OBJECT_TYPE_OID_REQUEST,
      OID_REQUEST_VALUES.NDIS_OID_REQUEST_REVISION_1,
      OID_REQUEST_VALUES.NDIS_SIZEOF_OID_REQUEST_REVISION_1,
    );
    writeFields(memory, NDIS_OID_REQUEST, at, { RequestType: NDIS_REQUEST_TYPE.values.NdisRequestSetInformation });
    const information = (at + NDIS_OID_REQUEST.offset.DATA) >>> 2;
    memory.u32[information] = OID_GEN_CURRENT_PACKET_FILTER;
    memory.u32[information + 1] = value;
    memory.u32[information + 2] = 4;
    return at;
  }

  private structure(structure: Structure<string>, revision: number, type: number): Address {
    const at = this.blocks.zeroed(structure.size);
    writeHeader(this.machine.memory, at, type, revision, structure.size);
    return at;
  }
}
