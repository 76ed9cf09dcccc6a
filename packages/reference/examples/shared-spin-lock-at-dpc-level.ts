import { createDdi, Machine, poolTag } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);

const lock = ddi.NdisAllocateMemoryWithTagPriority(0, 4, poolTag("docs"), 16);
ddi.NdisZeroMemory(lock, 4); // and so free
let linkSpeed = 0;

// Both are called at DISPATCH_LEVEL only.
function setLinkSpeed(speed: number): void {
  ddi.ExAcquireSpinLockExclusiveAtDpcLevel(lock);
  linkSpeed = speed;
  ddi.ExReleaseSpinLockExclusiveFromDpcLevel(lock);
}

function getLinkSpeed(): number {
  ddi.ExAcquireSpinLockSharedAtDpcLevel(lock);
  const speed = linkSpeed;
  ddi.ExReleaseSpinLockSharedFromDpcLevel(lock);
  return speed;
}

const old = ddi.KeRaiseIrqlToDpcLevel();
setLinkSpeed(1000);
console.log(`${getLinkSpeed()} Mbit/s, IRQL ${ddi.KeGetCurrentIrql()}`);
ddi.KeLowerIrql(old);
ddi.NdisFreeMemory(lock, 0, 0);
