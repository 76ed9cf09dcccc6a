import { createDdi, Machine, poolTag } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { u32 } = machine.memory;

// Out-parameters need storage, which a block gives.
const out = ddi.NdisAllocateMemoryWithTagPriority(0, 8, poolTag("docs"), 16);
const FRAME_SIZE = 1514;

const frame = ddi.NdisAllocateMemoryWithTagPriority(0, FRAME_SIZE, poolTag("docs"), 16);
ddi.NdisAllocateBufferPool(out, out + 4, 1);
const pool = u32[(out + 4) >>> 2];
ddi.NdisAllocateBuffer(out, out + 4, pool, frame, FRAME_SIZE);
const buffer = u32[(out + 4) >>> 2];

// 60 bytes came in
ddi.NdisAdjustBufferLength(buffer, 60);
ddi.NdisQueryBuffer(buffer, out, out + 4);
console.log(`${u32[(out + 4) >>> 2]} bytes, where the frame is: ${u32[out >>> 2] === frame ? "yes" : "no"}`);

ddi.NdisAdjustBufferLength(buffer, FRAME_SIZE);
ddi.NdisFreeBuffer(buffer);
ddi.NdisFreeBufferPool(pool);
ddi.NdisFreeMemory(frame, 0, 0);
ddi.NdisFreeMemory(out, 0, 0);
