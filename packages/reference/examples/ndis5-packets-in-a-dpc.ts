import { createDdi, IRQL, Machine, poolTag } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { u32 } = machine.memory;

// Out-parameters need storage, which a block gives.
const out = ddi.NdisAllocateMemoryWithTagPriority(0, 8, poolTag("docs"), 16);

ddi.NdisAllocatePacketPool(out, out + 4, 2, 0);
const pool = u32[(out + 4) >>> 2];

// what runs in a DPC is at DISPATCH_LEVEL anyway
machine.irql.at(IRQL.DISPATCH_LEVEL, () => {
  ddi.NdisDprAllocatePacket(out, out + 4, pool);
  console.log(`${ddi.NdisPacketPoolUsage(pool)} out`);
  ddi.NdisDprFreePacket(u32[(out + 4) >>> 2]);

  ddi.NdisDprAllocatePacketNonInterlocked(out, out + 4, pool);
  console.log(`${ddi.NdisPacketPoolUsage(pool)} out`);
  ddi.NdisDprFreePacketNonInterlocked(u32[(out + 4) >>> 2]);
});
ddi.NdisFreePacketPool(pool);
ddi.NdisFreeMemory(out, 0, 0);
