import {
  createDdi,
  LARGE_INTEGER,
  Machine,
  NDIS_SPIN_LOCK,
  poolTag,
  readField,
  ULARGE_INTEGER,
  writeFields,
} from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);
const { memory } = machine;
const allocate = (size: number): number => {
  const block = ddi.NdisAllocateMemoryWithTagPriority(0, size, poolTag("docs"), 16);
  ddi.NdisZeroMemory(block, size);
  return block;
};

const bytesSent = allocate(ULARGE_INTEGER.size);
writeFields(memory, ULARGE_INTEGER, bytesSent, { QuadPart: 0xffffff00 }); // the low half is about to overflow
ddi.NdisInterlockedAddLargeStatistic(bytesSent, 1514);
const high = readField(memory, ULARGE_INTEGER, bytesSent, "HighPart");
const low = readField(memory, ULARGE_INTEGER, bytesSent, "LowPart");
console.log(`sent 0x${high.toString(16)}${low.toString(16).padStart(8, "0")}`);
const bytesReceived = allocate(LARGE_INTEGER.size);
ddi.ExInterlockedAddLargeStatistic(bytesReceived, 60);
console.log(`received ${readField(memory, LARGE_INTEGER, bytesReceived, "LowPart")}`);

const [frames, ndisLock] = [allocate(4), allocate(NDIS_SPIN_LOCK.size)];
ddi.NdisAllocateSpinLock(ndisLock);
let before = ddi.NdisInterlockedAddUlong(frames, 2, ndisLock);
console.log(`frames ${memory.u32[frames >>> 2]}, before ${before}`);
ddi.NdisFreeSpinLock(ndisLock);
const [errors, lock] = [allocate(4), allocate(4)];
ddi.KeInitializeSpinLock(lock);
before = ddi.ExInterlockedAddUlong(errors, 1, lock);
console.log(`errors ${memory.u32[errors >>> 2]}, before ${before}`);
for (const block of [lock, errors, ndisLock, frames, bytesReceived, bytesSent]) ddi.NdisFreeMemory(block, 0, 0);
