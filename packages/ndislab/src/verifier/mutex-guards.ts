import type { DdiName } from "../ddi/table.js";
import { irqlName } from "../kernel/irql.js";
import { IRQL } from "../layout/spin-lock.js";
import { type Address, hexAddress } from "../memory/address.js";
import type { Guards } from "./guards.js";
import { reportRecursion } from "./lock-checks.js";
import type { Verifier } from "./verifier.js";

const MUTEX = { kind: "mutex" } as const;

const initialize = (next: (mutex: Address) => void, v: Verifier) => (mutex: Address) => {
  next(mutex);
  v.residents.begin(mutex, MUTEX.kind, v.site);
};

/** SPIN-UNINIT: the mutex is made one then, so that this is said once. */
function checkInitialized(v: Verifier, ddi: DdiName, mutex: Address, by: DdiName): void {
  if (v.residents.isLive(mutex)) return;
  v.report("SPIN-UNINIT", `${ddi}: mutex ${hexAddress(mutex)} was never initialised. Call ${by} first.`, {
    object: mutex,
    ...MUTEX,
  });
  v.machine.mutexes.initialize(mutex);
  v.residents.begin(mutex, MUTEX.kind, v.site);
}

const acquire =
  (name: DdiName, by: DdiName) =>
  (next: (mutex: Address) => void, v: Verifier) =>
  (mutex: Address): void => {
    checkInitialized(v, name, mutex, by);
    if (v.machine.mutexes.held(mutex)) reportRecursion(v, name, mutex, MUTEX, v.residents.siteOf(mutex));
    next(mutex);
    v.residents.begin(mutex, MUTEX.kind, v.site); // from now on its site is the one that took it
  };

const tryAcquire =
  (name: DdiName, by: DdiName) =>
  (next: (mutex: Address) => boolean, v: Verifier) =>
  (mutex: Address): boolean => {
    checkInitialized(v, name, mutex, by);
    const taken = next(mutex);
    if (taken) v.residents.begin(mutex, MUTEX.kind, v.site);
    return taken;
  };

/** @param least what the acquire raised the IRQL to */
const release =
  (name: DdiName, least: number) =>
  (next: (mutex: Address) => void, v: Verifier) =>
  (mutex: Address): void => {
    if (v.residents.isLive(mutex) && v.machine.mutexes.held(mutex)) {
      checkLevel(v, name, mutex, least);
      next(mutex);
    } else
      v.report("SPIN-UNHELD", `${name}: mutex ${hexAddress(mutex)} is not held; release it once for each acquire.`, {
        object: mutex,
        ...MUTEX,
      });
  };

/** SPIN-IRQL-REL of a level that is too low; of one that is too high the limit of the function says so. */
function checkLevel(v: Verifier, ddi: DdiName, mutex: Address, least: number): void {
  const { current } = v.machine.irql;
  if (current >= least) return;
  v.report(
    "SPIN-IRQL-REL",
    `${ddi} called at ${irqlName(current)} with mutex ${hexAddress(mutex)} held; who holds one stays at ${irqlName(least)} until it is released.`,
    { object: mutex, ...MUTEX },
  );
}

export const MUTEX_GUARDS: Guards = {
  KeInitializeGuardedMutex: initialize,
  KeAcquireGuardedMutex: acquire("KeAcquireGuardedMutex", "KeInitializeGuardedMutex"),
  KeTryToAcquireGuardedMutex: tryAcquire("KeTryToAcquireGuardedMutex", "KeInitializeGuardedMutex"),
  KeReleaseGuardedMutex: release("KeReleaseGuardedMutex", IRQL.PASSIVE_LEVEL),
  ExInitializeFastMutex: initialize,
  ExAcquireFastMutex: acquire("ExAcquireFastMutex", "ExInitializeFastMutex"),
  ExTryToAcquireFastMutex: tryAcquire("ExTryToAcquireFastMutex", "ExInitializeFastMutex"),
  ExReleaseFastMutex: release("ExReleaseFastMutex", IRQL.APC_LEVEL),
  ExAcquireFastMutexUnsafe: acquire("ExAcquireFastMutexUnsafe", "ExInitializeFastMutex"),
  ExReleaseFastMutexUnsafe: release("ExReleaseFastMutexUnsafe", IRQL.PASSIVE_LEVEL),
};
