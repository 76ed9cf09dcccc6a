import { createDdi, LOCK_STATE_EX, Machine, poolTag } from "ndislab";

const PORTS = 4;
const machine = new Machine();
const ddi = createDdi(machine);

const lock = ddi.NdisAllocateRWLock(0);
const state = ddi.NdisAllocateMemoryWithTagPriority(0, LOCK_STATE_EX.size, poolTag("docs"), 16);
const allowed: number[] = [];

function isAllowed(port: number): number {
  ddi.NdisAcquireRWLockRead(lock, state, 0);
  const found = allowed.includes(port) ? 1 : 0;
  ddi.NdisReleaseRWLock(lock, state);
  return found;
}

function allow(port: number): number {
  ddi.NdisAcquireRWLockWrite(lock, state, 0);
  const fits = allowed.length < PORTS;
  if (fits) allowed.push(port);
  ddi.NdisReleaseRWLock(lock, state);
  return fits ? 1 : 0;
}

console.log(`443 allowed: ${isAllowed(443)}`);
console.log(`added: ${allow(443)}`);
console.log(`443 allowed: ${isAllowed(443)}, IRQL ${ddi.KeGetCurrentIrql()}`);
ddi.NdisFreeMemory(state, 0, 0);
ddi.NdisFreeRWLock(lock);
