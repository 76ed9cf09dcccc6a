import { createDdi, EX_POOL_PRIORITY, Machine, POOL_FLAGS, POOL_TYPE, poolTag } from "ndislab";

const FRAME_SIZE = 60;
const STATISTICS_SIZE = 256;
const { NonPagedPoolNx, PagedPool } = POOL_TYPE.values;
const { LowPoolPriority } = EX_POOL_PRIORITY.values;
const machine = new Machine();
const ddi = createDdi(machine);
const { u8, u32 } = machine.memory;
const tag = poolTag("docs");

// A context of four pointers, which are NULL as it comes.
const context = ddi.ExAllocatePool2(BigInt(POOL_FLAGS.POOL_FLAG_NON_PAGED), 16, tag);
const members = u32.subarray(context >>> 2, (context >>> 2) + 4);
console.log(`a context, its members ${members.every((member) => member === 0) ? "NULL" : "anything"}`);
members[0] = ddi.ExAllocatePoolUninitialized(NonPagedPoolNx, FRAME_SIZE, tag); // filled at once
members[1] = ddi.ExAllocatePoolPriorityZero(NonPagedPoolNx, STATISTICS_SIZE, tag, LowPoolPriority);
members[2] = ddi.ExAllocatePoolPriorityUninitialized(NonPagedPoolNx, FRAME_SIZE, tag, LowPoolPriority);
members[3] = ddi.ExAllocatePoolZero(PagedPool, STATISTICS_SIZE, tag); // used below DISPATCH_LEVEL only
u8.fill(0xff, members[0], members[0] + FRAME_SIZE);
console.log(`a frame of ${FRAME_SIZE} bytes, ${u32[members[3] >>> 2]} names`);
console.log(`statistics from ${u32[members[1] >>> 2]} on`);

for (const block of members) ddi.ExFreePoolWithTag(block, tag);
ddi.ExFreePoolWithTag(context, tag);
