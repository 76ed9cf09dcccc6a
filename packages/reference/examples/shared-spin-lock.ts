import { createDdi, Machine, poolTag } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);

const lock = ddi.NdisAllocateMemoryWithTagPriority(0, 4, poolTag("docs"), 16);
ddi.NdisZeroMemory(lock, 4); // and so free
let mtu = 1500;

function readMtu(): number {
  const old = ddi.ExAcquireSpinLockShared(lock);
  const read = mtu;
  ddi.ExReleaseSpinLockShared(lock, old);
  return read;
}

function writeMtu(newMtu: number): void {
  const old = ddi.ExAcquireSpinLockExclusive(lock);
  mtu = newMtu;
  ddi.ExReleaseSpinLockExclusive(lock, old);
}

// False when it must be tried again: others were reading.
function tryToRaiseMtu(least: number): boolean {
  const old = ddi.ExAcquireSpinLockShared(lock);
  if (mtu >= least) {
    ddi.ExReleaseSpinLockShared(lock, old);
    return true;
  }
  if (!ddi.ExTryConvertSharedSpinLockExclusive(lock)) {
    ddi.ExReleaseSpinLockShared(lock, old);
    return false;
  }
  mtu = least;
  ddi.ExReleaseSpinLockExclusive(lock, old);
  return true;
}

console.log(`MTU ${readMtu()}`);
writeMtu(1400);
console.log(`MTU ${readMtu()}`);
console.log(`raised: ${tryToRaiseMtu(9000) ? "yes" : "try again"}, MTU ${readMtu()}`);
ddi.NdisFreeMemory(lock, 0, 0);
