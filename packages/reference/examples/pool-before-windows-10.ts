import { createDdi, EX_POOL_PRIORITY, Machine, POOL_TYPE, poolTag } from "ndislab";

const SIZE = 128;
const POOL_QUOTA_FAIL_INSTEAD_OF_RAISE = 8;
const { NonPagedPoolNx, PagedPool } = POOL_TYPE.values;
const machine = new Machine();
const ddi = createDdi(machine);
const tag = poolTag("docs");

const context = ddi.ExAllocatePoolWithTag(NonPagedPoolNx, SIZE, tag);
ddi.NdisZeroMemory(context, SIZE); // it holds what it held before
const buffer = ddi.ExAllocatePoolWithTagPriority(NonPagedPoolNx, SIZE, tag, EX_POOL_PRIORITY.values.HighPoolPriority);
const answer = ddi.ExAllocatePoolWithQuotaTag(PagedPool | POOL_QUOTA_FAIL_INSTEAD_OF_RAISE, SIZE, tag);
const old = ddi.ExAllocatePool(NonPagedPoolNx, SIZE); // without a tag of its own
console.log(`buffer ${Number(buffer !== 0)}, answer ${Number(answer !== 0)}, old ${Number(old !== 0)}`);
ddi.ExFreePool(old);
for (const block of [answer, buffer, context]) ddi.ExFreePoolWithTag(block, tag);
