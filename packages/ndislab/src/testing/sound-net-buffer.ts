import type { Machine } from "../ddi/machine.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import { NB_STATE } from "../layout/pool.js";
import { mdlByteCount } from "../mdl/mdl.js";
import { type Address, type Handle, hexAddress } from "../memory/address.js";
import { readField } from "../memory/fields.js";
import { NB_STATE_OFFSET } from "../ndis6/net-buffer.js";
import { chainAddresses, mdlsOf } from "./chain-model.js";

/** Breaks with the id of the invariant. */
function hold(id: string, nb: Address, holds: boolean, text: string): void {
  if (!holds) throw new Error(`${id} of NET_BUFFER ${hexAddress(nb)} does not hold: ${text}`);
}

/**
 * The invariants I1 to I8 of a valid NET_BUFFER, as ndis6 §2 numbers them; I4 in the form that the system produces,
 * where a boundary between MDLs belongs to the later one.
 * @param pool the handle that I8 says never changes
 */
export function expectSoundNetBuffer(machine: Machine, nb: Address, pool?: Handle): void {
  const { memory } = machine;
  const chain = readField(memory, NET_BUFFER, nb, "MdlChain");
  const current = readField(memory, NET_BUFFER, nb, "CurrentMdl");
  const currentOffset = readField(memory, NET_BUFFER, nb, "CurrentMdlOffset");
  const dataOffset = readField(memory, NET_BUFFER, nb, "DataOffset");
  const dataLength = readField(memory, NET_BUFFER, nb, "DataLength");
  const mdls = mdlsOf(machine, chain); // throws when I6 does not hold for the chain
  const total = chainAddresses(machine, chain).length;

  if (chain === 0)
    hold("I1", nb, current === 0 && currentOffset + dataOffset + dataLength === 0, "all is 0 without a chain");
  else {
    const index = mdls.indexOf(current);
    hold("I2", nb, index >= 0, `CurrentMdl ${hexAddress(current)} is none of ${mdls.map(hexAddress).join(", ")}`);
    const before = mdls.slice(0, index).reduce((sum, mdl) => sum + mdlByteCount(memory, mdl), 0);
    hold("I3", nb, dataOffset === before + currentOffset, `${dataOffset} is not ${before} + ${currentOffset}`);
    const inCurrent = mdlByteCount(memory, current);
    const last = index === mdls.length - 1;
    hold(
      "I4",
      nb,
      last ? currentOffset <= inCurrent : currentOffset < inCurrent,
      `${currentOffset} in an MDL of ${inCurrent} bytes`,
    );
  }
  hold("I5", nb, dataOffset + dataLength <= total, `${dataOffset} + ${dataLength} is beyond ${total}`);
  const seen = new Set<Address>();
  for (let other = nb; other !== 0; other = readField(memory, NET_BUFFER, other, "Next")) {
    hold("I6", nb, !seen.has(other), `the list comes back to ${hexAddress(other)}`);
    seen.add(other);
  }
  hold("I7", nb, readField(memory, NET_BUFFER, nb, "stDataLength") === dataLength, "stDataLength is another word");
  const handle = readField(memory, NET_BUFFER, nb, "NdisPoolHandle");
  const state = memory.u32[(nb + NB_STATE_OFFSET) >>> 2];
  hold("I8", nb, pool === undefined || handle === pool, `NdisPoolHandle is ${hexAddress(handle)}`);
  hold("I8", nb, Object.values<number>(NB_STATE).includes(state), `NdisReserved[0] is ${hexAddress(state)}`);
}
