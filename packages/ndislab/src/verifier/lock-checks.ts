import type { DdiName } from "../ddi/table.js";
import { irqlName } from "../kernel/irql.js";
import { IRQL } from "../layout/spin-lock.js";
import { type Address, hexAddress } from "../memory/address.js";
import type { LockForm } from "./held-locks.js";
import type { ResidentKind } from "./residents.js";
import type { Severity } from "./rule.js";
import type { Verifier } from "./verifier.js";

/** `"NDIS_SPIN_LOCK 0x00013000"`. */
const lockText = (form: LockForm, lock: Address): string => `${form.kind} ${hexAddress(lock)}`;

/** SPIN-HELD: the documents of `ddi` ask the caller to release any spin lock first. */
export function checkNoLockHeld(v: Verifier, ddi: DdiName, severity: Severity): void {
  const { locks } = v;
  if (locks.count === 0) return;
  const held: string[] = [];
  for (let at = locks.count - 1; at >= 0; at--)
    held.push(`${lockText(locks.formAt(at), locks.lockAt(at))}, acquired at ${v.place(locks.siteAt(at))}`);
  v.report(
    "SPIN-HELD",
    `${ddi} called while holding ${held.join(", and ")}. Release it first; DISPATCH_LEVEL by itself is allowed.`,
    { object: locks.newest, kind: locks.formAt(locks.count - 1).kind, severity },
  );
}

/** SPIN-REINIT and the note that the lock is alive. False when it is held and must stay as it is. */
export function initializing(v: Verifier, ddi: DdiName, lock: Address, kind: ResidentKind, freedBy?: DdiName): boolean {
  const { locks, residents } = v;
  const held = locks.find(lock);
  if (held >= 0 || (freedBy !== undefined && residents.isLive(lock))) {
    const since =
      held >= 0
        ? `is held, acquired at ${v.place(locks.siteAt(held))}`
        : `was initialised already, at ${v.place(residents.siteOf(lock))}`;
    const advice = held >= 0 ? "Release it first." : `Initialise it once, or call ${freedBy} in between.`;
    v.report("SPIN-REINIT", `${ddi}: ${kind} ${hexAddress(lock)} ${since}. ${advice}`, { object: lock, kind });
  }
  if (held >= 0) return false;
  residents.begin(lock, kind, v.site);
  return true;
}

/** SPIN-FREEHELD: false when the lock is held and must not go. */
export function freeing(v: Verifier, ddi: DdiName, lock: Address): boolean {
  const held = v.locks.find(lock);
  if (held < 0) return true;
  reportFreeHeld(v, ddi, held, "");
  return false;
}

/** SPIN-FREEHELD of the memory that a held lock lies in. */
export function checkNoneHeldWithin(v: Verifier, ddi: DdiName, start: Address, end: Address): void {
  if (v.locks.count === 0) return;
  const held = v.locks.findWithin(start, end);
  if (held >= 0) reportFreeHeld(v, ddi, held, `, which lies in the block ${hexAddress(start)} that is freed,`);
}

function reportFreeHeld(v: Verifier, ddi: DdiName, held: number, where: string): void {
  const { locks } = v;
  const [form, lock] = [locks.formAt(held), locks.lockAt(held)];
  v.report(
    "SPIN-FREEHELD",
    `${ddi}: ${lockText(form, lock)}${where} is held, acquired at ${v.place(locks.siteAt(held))}. Release it first.`,
    { object: lock, kind: form.kind },
  );
}

/** SPIN-UNINIT and SPIN-RECUR, in front of a call that takes a lock. */
export function acquiring(v: Verifier, ddi: DdiName, lock: Address, form: LockForm, waits = true): void {
  const { locks } = v;
  checkInitialized(v, ddi, lock, form);
  if (!waits) return;
  const held = locks.find(lock);
  if (held >= 0) reportRecursion(v, ddi, lock, form, locks.siteAt(held));
}

export function reportRecursion(v: Verifier, ddi: DdiName, lock: Address, form: { kind: string }, site: number): void {
  v.report(
    "SPIN-RECUR",
    `${ddi}: ${form.kind} ${hexAddress(lock)} is already held, acquired at ${v.place(site)}; on Windows the processor would spin for ever. Release it before.`,
    { object: lock, kind: form.kind },
  );
}

/**
 * SPIN-UNINIT: the storage was never made a lock, is none any more, or was overwritten. The lock is made one, so that
 * this is said once and the call can go on.
 */
export function checkInitialized(v: Verifier, ddi: DdiName, lock: Address, form: LockForm): void {
  const { residents, machine } = v;
  const word = machine.memory.u32[lock >>> 2];
  const { kind, initialized } = form;
  let what: string | undefined;
  if (initialized !== undefined && !residents.isLive(lock)) {
    what = residents.hasEnded(lock)
      ? `was freed at ${v.place(residents.siteOf(lock))}`
      : machine.nonpaged.isFreed(lock)
        ? "lies in memory that was freed"
        : `was never initialised, its first word is ${hexAddress(word)}`;
    residents.begin(lock, initialized.kind, v.site);
  } else if (word !== 0 && v.locks.count < MOST_TRUSTED && v.locks.find(lock) < 0)
    what = `has ${hexAddress(word)} as its first word though nobody holds it: it was overwritten`;
  if (what === undefined) return;
  const advice =
    initialized === undefined ? "Clear the lock once, and never write to it." : `Call ${initialized.by} first.`;
  v.report("SPIN-UNINIT", `${ddi}: ${kind} ${hexAddress(lock)} ${what}. ${advice}`, { object: lock, kind });
  form.reset(machine, lock);
}

/** Beyond so many held locks the list of them is cut off and says nothing of the others. */
const MOST_TRUSTED = 63;

/**
 * SPIN-UNHELD, SPIN-MIX, SPIN-IRQL-REL and SPIN-ORDER of a release of the hold at `held`. True when the release may go
 * on; `released` follows it.
 * @param irqlAfter the IRQL that the caller passes to be put back; that of before where it passes none
 */
export function releasing(
  v: Verifier,
  ddi: DdiName,
  lock: Address,
  kind: string,
  held: number,
  irqlAfter = -1,
): boolean {
  const { locks, machine } = v;
  if (held < 0) {
    if (!v.broken.has(lock))
      v.report("SPIN-UNHELD", `${ddi}: ${kind} ${hexAddress(lock)} is not held; release it once for each acquire.`, {
        object: lock,
        kind,
      });
    return false;
  }
  const form = locks.formAt(held);
  if (!form.releases.includes(ddi)) {
    const irql =
      form.irql === "unchanged"
        ? "it would change an IRQL that the acquire left alone"
        : "the IRQL of before would be lost";
    v.report(
      "SPIN-MIX",
      `${ddi}: ${lockText(form, lock)} was acquired at ${v.place(locks.siteAt(held))} in the form that ${form.releases[0]} releases; ${irql}. Call ${form.releases[0]}.`,
      { object: lock, kind: form.kind },
    );
    giveBack(v, held);
    return false;
  }
  // Above DISPATCH_LEVEL, and in the forms for it below, the limits of the function say so.
  if (form.irql !== "unchanged" && machine.irql.current < IRQL.DISPATCH_LEVEL)
    v.report(
      "SPIN-IRQL-REL",
      `${ddi} called at ${irqlName(machine.irql.current)} with ${lockText(form, lock)} held; who holds one stays at ${irqlName(IRQL.DISPATCH_LEVEL)} until it is released.`,
      { object: lock, kind: form.kind },
    );
  checkOrder(v, ddi, lock, held, irqlAfter);
  locks.remove(held);
  return true;
}

/** SPIN-ORDER: a release that puts the IRQL back while a lock that was taken later is held. */
function checkOrder(v: Verifier, ddi: DdiName, lock: Address, held: number, irqlAfter: number): void {
  const { locks } = v;
  const form = locks.formAt(held);
  if (held === locks.count - 1 || form.irql === "unchanged") return;
  if (form.irql === "passed" && irqlAfter >= IRQL.DISPATCH_LEVEL) return;
  const later = locks.count - 1;
  const level = form.irql === "passed" ? irqlAfter : locks.levelAt(held);
  v.report(
    "SPIN-ORDER",
    `${ddi}: ${lockText(form, lock)} was acquired before ${lockText(locks.formAt(later), locks.lockAt(later))}, which is held since ${v.place(locks.siteAt(later))}; the IRQL would go back to ${irqlName(level)} too early. Release in reverse order.`,
    { object: lock, kind: form.kind },
  );
  locks.due = level;
}

/** Follows a release: after one in the wrong order the IRQL stays until the last lock is gone. */
export function released(v: Verifier): void {
  const { locks, machine } = v;
  if (locks.due < 0) return;
  machine.irql.current = locks.count > 0 ? IRQL.DISPATCH_LEVEL : locks.due;
  if (locks.count === 0) locks.due = -1;
}

/** Releases a hold as it was taken. */
function giveBack(v: Verifier, held: number): void {
  const { locks, machine } = v;
  const form = locks.formAt(held);
  form.reset(machine, locks.lockAt(held));
  if (form.irql !== "unchanged") machine.irql.current = locks.levelAt(held);
  locks.remove(held);
  released(v);
}

/** SPIN-EXIT: a callback returned, and of what it took more than the oldest `before` locks are held. They are freed. */
export function checkNoneLeft(v: Verifier, callback: string, before: number): void {
  const { locks, machine } = v;
  for (let at = locks.count - 1; at >= before; at--) {
    const [form, lock, site] = [locks.formAt(at), locks.lockAt(at), locks.siteAt(at)];
    v.report(
      "SPIN-EXIT",
      `${callback} returned while it holds the ${lockText(form, lock)} that it acquired at ${v.place(site)}; release it on every path.`,
      { object: lock, kind: form.kind, at: v.locationOf(site) },
    );
    form.reset(machine, lock);
  }
  if (locks.count > before) locks.truncate(before);
}
