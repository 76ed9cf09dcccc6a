import { createDdi, Ndis } from "ndislab";

const ndis = new Ndis();
const ddi = createDdi(ndis.machine);
const { u16, u32 } = ndis.machine.memory;
const pool = ndis.createNetBufferListPool({ netBuffers: true });
const list = pool.allocate().address;

// NumAvailableDestinations and SourcePortId are the two halves of the first word.
const detail = ddi.NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(list);
const [destinations, source] = [detail >>> 1, (detail >>> 1) + 1];
console.log(`from the switch: ${(u32[detail >>> 2] | u32[(detail >>> 2) + 1]) !== 0 ? "yes" : "no"}`);
u16[source] = 3;
u16[destinations] = 1;
console.log(`from port ${u16[source]}, to ${u16[destinations]} port`);
ddi.NdisFreeNetBufferList(list);
pool.dispose();
