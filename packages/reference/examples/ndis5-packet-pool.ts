import { createDdi, Machine, Ndis, poolTag } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { u32 } = machine.memory;

// Out-parameters need storage, which a block gives.
const out = ddi.NdisAllocateMemoryWithTagPriority(0, 8, poolTag("docs"), 16);

ddi.NdisAllocatePacketPool(out, out + 4, 8, 16);
const pool = u32[(out + 4) >>> 2];
console.log(`8 packets of ${ddi.NdisPacketSize(16)} bytes`);
ddi.NdisAllocatePacket(out, out + 4, pool);
const packet = u32[(out + 4) >>> 2];
console.log(`${ddi.NdisPacketPoolUsage(pool)} is out`);
ddi.NdisFreePacket(packet);
console.log(`${ddi.NdisPacketPoolUsage(pool)} are out`);
ddi.NdisFreePacketPool(pool);
ddi.NdisFreeMemory(out, 0, 0);

// The same with objects: what is not freed keeps its pool from being disposed.
{
  using packets = new Ndis(machine).createPacketPool(8);
  using taken = packets.allocate();
  taken.reserved.fill(0);
}
