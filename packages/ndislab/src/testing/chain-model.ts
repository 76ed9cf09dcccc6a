import type { Machine } from "../ddi/machine.js";
import { MDL } from "../layout/mdl.js";
import { NET_BUFFER } from "../layout/net-buffer.js";
import type { Address } from "../memory/address.js";
import { readField } from "../memory/fields.js";

/** More MDLs than any test chains. */
const LONGEST = 1000;

/** The MDLs of a chain, in order. */
export function mdlsOf(machine: Machine, chain: Address): Address[] {
  const mdls: Address[] = [];
  for (let mdl = chain; mdl !== 0; mdl = readField(machine.memory, MDL, mdl, "Next")) {
    if (mdls.length === LONGEST) throw new Error("the MDL chain does not end");
    mdls.push(mdl);
  }
  return mdls;
}

/** The naive model of a chain: the address of every byte it maps, in order. */
export function chainAddresses(machine: Machine, chain: Address): Address[] {
  const addresses: Address[] = [];
  for (const mdl of mdlsOf(machine, chain)) {
    const first = readField(machine.memory, MDL, mdl, "MappedSystemVa");
    const count = readField(machine.memory, MDL, mdl, "ByteCount");
    for (let i = 0; i < count; i++) addresses.push(first + i);
  }
  return addresses;
}

/** The address of every used byte of a NET_BUFFER: chain bytes [DataOffset, DataOffset + DataLength). */
export function usedAddresses(machine: Machine, nb: Address): Address[] {
  const { memory } = machine;
  const dataOffset = readField(memory, NET_BUFFER, nb, "DataOffset");
  const dataLength = readField(memory, NET_BUFFER, nb, "DataLength");
  return chainAddresses(machine, readField(memory, NET_BUFFER, nb, "MdlChain")).slice(
    dataOffset,
    dataOffset + dataLength,
  );
}

/** The bytes behind addresses. */
export const bytesAt = (machine: Machine, addresses: readonly Address[]): number[] =>
  addresses.map((address) => machine.memory.u8[address]);

export const usedBytes = (machine: Machine, nb: Address): number[] => bytesAt(machine, usedAddresses(machine, nb));
