import type { Machine } from "../ddi/machine.js";
import { NDIS_OBJECT_TYPES } from "../layout/object-header.js";
import {
  NDIS_RESTART_ATTRIBUTES,
  NDIS_RESTART_GENERAL_ATTRIBUTES,
  RESTART_ATTRIBUTES_VALUES,
} from "../layout/restart-attributes.js";
import type { Address } from "../memory/address.js";
import { writeFields } from "../memory/fields.js";
import { poolTag } from "../memory/tag.js";
import { KIND } from "../verifier/ledger.js";
import type { Verifier } from "../verifier/verifier.js";
import { ADAPTER } from "./adapter.js";
import { writeHeader } from "./host-blocks.js";

const OID_GEN_MINIPORT_RESTART_ATTRIBUTES = 0x0001021d;

/** A list that has more nodes goes round in a circle. */
const MOST_NODES = 1024;

/**
 * The list of restart attributes. While a filter restarts it is the filter's: it may change nodes, free them with
 * NdisFreeMemory, and add some of its own. Then all that is on the list is NDIS', which frees it.
 */
export class RestartAttributes {
  private lent: Address = 0;

  constructor(
    private readonly machine: Machine,
    private readonly verifier: Verifier | undefined,
  ) {}

  /** A list of one node, the general attributes; NULL when memory is short. */
  lend(): Address {
    const { memory, nonpaged } = this.machine;
    const { offset } = NDIS_RESTART_ATTRIBUTES;
    const size = offset.Data + NDIS_RESTART_GENERAL_ATTRIBUTES.size;
    const node = nonpaged.allocate(size, poolTag("NDra"), "system");
    if (node === 0) return 0;
    memory.u8.fill(0, node, node + size);
    writeFields(memory, NDIS_RESTART_ATTRIBUTES, node, {
      Oid: OID_GEN_MINIPORT_RESTART_ATTRIBUTES,
      DataLength: NDIS_RESTART_GENERAL_ATTRIBUTES.size,
    });
    const general = node + offset.Data;
    writeHeader(
      memory,
      general,
      NDIS_OBJECT_TYPES.NDIS_OBJECT_TYPE_DEFAULT,
      RESTART_ATTRIBUTES_VALUES.NDIS_RESTART_GENERAL_ATTRIBUTES_REVISION_2,
      NDIS_RESTART_GENERAL_ATTRIBUTES.size,
    );
    writeFields(memory, NDIS_RESTART_GENERAL_ATTRIBUTES, general, {
      MtuSize: ADAPTER.mtu,
      MaxXmitLinkSpeed: ADAPTER.linkSpeed,
      MaxRcvLinkSpeed: ADAPTER.linkSpeed,
      LookaheadSize: ADAPTER.mtu,
      MaxMulticastListSize: 32,
    });
    this.verifier?.ledger.allocated(node, KIND.memory, 0);
    this.lent = node;
    return node;
  }

  /** Frees the nodes from `first` on, whoever allocated them. */
  takeBack(first: Address): void {
    const { memory, nonpaged } = this.machine;
    let steps = 0;
    for (let node = first, next = 0; node !== 0 && steps < MOST_NODES; node = next, steps++) {
      next = memory.u32[node >>> 2];
      // What is no block of the driver's, such as a node in its image, stays where it is.
      if ((node !== this.lent && nonpaged.isSystem(node)) || !nonpaged.free(node)) continue;
      if (this.verifier?.ledger.isLive(node, KIND.memory)) this.verifier.ledger.freed(node, 0);
    }
  }
}
