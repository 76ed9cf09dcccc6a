import type { DdiPages } from "../page.js";

const WRONG_WAY =
  "On Windows a bug check when it goes the other way; here the run of the driver ends, and the IRQL stays.";

export const IRQL_PAGES = {
  KeGetCurrentIrql: {
    summary: "Tells the IRQL that the processor runs at.",
    returns: "0 for PASSIVE_LEVEL, 1 for APC_LEVEL, 2 for DISPATCH_LEVEL, more for an interrupt.",
    remarks: [
      "For assertions. A function that has to know asks its caller: sends and receives have a flag that says DISPATCH_LEVEL, and reading a flag costs less than this call does.",
      "At DISPATCH_LEVEL and above nothing may wait, and no paged memory may be touched.",
    ],
    related: ["KeRaiseIrql", "NDIS_CURRENT_IRQL"],
    example: "counter-under-a-lock",
  },
  KeRaiseIrql: {
    summary: "Raises the IRQL of the processor.",
    parameters: {
      NewIrql: "The level to go to: not below the current one.",
      OldIrql: "Where the level of before goes, for `KeLowerIrql`.",
    },
    failure: WRONG_WAY,
    remarks: [
      "Keeps this processor from whatever runs at the new level or below. It keeps no other processor out: to guard data takes a lock.",
      "Lower it again soon, and before returning to whoever called at the lower level.",
    ],
    rules: ["DRIVER-TRAP"],
    related: ["KeLowerIrql", "KeRaiseIrqlToDpcLevel"],
    example: "raise-and-lower",
  },
  KeLowerIrql: {
    summary: "Lowers the IRQL to what it was before it was raised.",
    parameters: { NewIrql: "The level that the raise gave." },
    failure: WRONG_WAY,
    remarks: [
      "Belongs to the raise that came last; raises within each other are undone in reverse order.",
      "Never below DISPATCH_LEVEL while a spin lock is held: its release would be found.",
    ],
    decisions: [
      "Documents also forbid any level but the one that the last raise gave. Only a level above the current one is a fault here.",
    ],
    rules: ["DRIVER-TRAP"],
    related: ["KeRaiseIrql"],
    example: "raise-and-lower",
  },
  KeRaiseIrqlToDpcLevel: {
    summary: "Raises the IRQL to DISPATCH_LEVEL and returns the one of before.",
    returns: "The IRQL of before, for `KeLowerIrql`.",
    failure: "Above DISPATCH_LEVEL a bug check on Windows; here the run of the driver ends.",
    remarks: [
      "A driver that is to take several locks raises once and takes each in the form for DPC level, which costs less than to raise for each.",
    ],
    rules: ["DRIVER-TRAP"],
    related: ["KeLowerIrql", "KeAcquireSpinLockAtDpcLevel", "NDIS_RAISE_IRQL_TO_DISPATCH"],
    example: "kernel-spin-lock-at-dpc-level",
  },
  KfRaiseIrql: {
    summary: "Raises the IRQL and returns the one of before: what `KeRaiseIrql` calls on 32-bit Windows.",
    parameters: { NewIrql: "The level to go to: not below the current one." },
    returns: "The IRQL of before, for `KeLowerIrql`.",
    failure: WRONG_WAY,
    remarks: ["It has no document of its own. New code calls `KeRaiseIrql`."],
    rules: ["DRIVER-TRAP"],
    related: ["KeRaiseIrql", "KfLowerIrql"],
    example: "raise-and-lower",
  },
  KfLowerIrql: {
    summary: "Lowers the IRQL: what `KeLowerIrql` calls on 32-bit Windows.",
    parameters: { NewIrql: "The level that the raise gave." },
    failure: WRONG_WAY,
    remarks: ["It has no document of its own. New code calls `KeLowerIrql`."],
    rules: ["DRIVER-TRAP"],
    related: ["KeLowerIrql", "KfRaiseIrql"],
    example: "raise-and-lower",
  },
  NDIS_CURRENT_IRQL: {
    summary: "Tells the IRQL that the processor runs at: `KeGetCurrentIrql` by the name that NDIS has for it.",
    returns: "The IRQL.",
    decisions: [
      "There is no document of it; it is the other name in the headers, and the first version is taken from its neighbours.",
    ],
    related: ["KeGetCurrentIrql", "NDIS_RAISE_IRQL_TO_DISPATCH"],
    example: "lock-in-a-dpc",
  },
  NDIS_RAISE_IRQL_TO_DISPATCH: {
    summary: "Raises the IRQL to DISPATCH_LEVEL.",
    parameters: { _pIrql_: "Where the IRQL of before goes, for `NDIS_LOWER_IRQL`." },
    failure: "Above DISPATCH_LEVEL a bug check on Windows; here the run of the driver ends.",
    remarks: ["For code that must be called at DISPATCH_LEVEL, as the Dpr functions of NDIS must."],
    rules: ["DRIVER-TRAP"],
    related: ["NDIS_LOWER_IRQL", "KeRaiseIrql"],
    example: "lock-in-a-dpc",
  },
  NDIS_LOWER_IRQL: {
    summary: "Lowers the IRQL to what it was before `NDIS_RAISE_IRQL_TO_DISPATCH`.",
    parameters: {
      _OldIrql_: "What `NDIS_RAISE_IRQL_TO_DISPATCH` gave.",
      _CurIrql_: "The IRQL at this moment, so DISPATCH_LEVEL. When both are the same, nothing is called.",
    },
    failure: WRONG_WAY,
    remarks: ["The second parameter is believed, not checked: with the wrong one the IRQL may stay where it is."],
    rules: ["DRIVER-TRAP"],
    related: ["NDIS_RAISE_IRQL_TO_DISPATCH", "KeLowerIrql"],
    example: "lock-in-a-dpc",
  },
} as const satisfies DdiPages;
