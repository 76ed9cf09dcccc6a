import type { DdiPages } from "../page.js";

const SIGNED = "The variable: a LONG of the driver on an address that 4 divides.";
const AMONG =
  "Nothing comes in between on any processor, provided that everybody changes the variable by interlocked functions. A plain `x++` elsewhere loses counts.";
const BIG = "The 64-bit counter, nonpaged and on an address that 8 divides.";
const ADD = "What to add, up to 4294967295; there is no subtracting.";
const READING =
  "On 32-bit Windows another processor may read the counter between its two halves. For statistics that is accepted, or the reader reads twice.";

export const INTERLOCKED_PAGES = {
  NdisInterlockedIncrement: {
    summary: "Adds one to a counter that several processors change.",
    parameters: { Addend: SIGNED },
    returns: "The counter afterwards; 2147483647 is followed by -2147483648.",
    ownership: "The variable stays the driver's.",
    remarks: [
      AMONG,
      "For a count of references use the value that comes back. What is read from the variable afterwards may be another's.",
    ],
    decisions: [
      "Its document gives no result, that of `NdisInterlockedDecrement` gives the new value. Both do here.",
      "One document forbids paged memory and the other allows it. It works in any memory that may be touched at the caller's IRQL.",
    ],
    related: ["NdisInterlockedDecrement", "NdisInterlockedAddUlong"],
    example: "count-references",
  },
  NdisInterlockedDecrement: {
    summary: "Takes one from a counter that several processors change.",
    parameters: { Addend: SIGNED },
    returns: "The counter afterwards; -2147483648 is followed by 2147483647.",
    ownership: "The variable stays the driver's.",
    remarks: [
      AMONG,
      "Exactly one caller sees 0, and that one frees what the references were to. Nobody touches it after a decrement that gave more.",
    ],
    related: ["NdisInterlockedIncrement"],
    example: "count-references",
  },
  NdisInterlockedAddUlong: {
    summary: "Adds to a ULONG under a spin lock.",
    parameters: {
      _Addend: "The variable, nonpaged.",
      _Increment: "What to add. The sum wraps around at 2 to the 32nd, so 0xFFFFFFFF takes one away.",
      _SpinLock: "An initialized NDIS_SPIN_LOCK for this variable, which the caller does not hold.",
    },
    returns: "The value of before, not the sum.",
    ownership: "Variable and lock stay the driver's; the lock is free again afterwards.",
    failure: "There is none. A lock that the caller holds already never becomes free.",
    remarks: [
      "Atomic only among those that use the same lock. `InterlockedExchangeAdd` needs none and costs less.",
      "In C a macro around `ExInterlockedAddUlong`, and findings have that name.",
    ],
    decisions: [
      "Its document gives no result; that of the function behind it gives the value of before.",
      "Its facts say any IRQL, its text that the IRQL goes up to DISPATCH_LEVEL for the time of the call. Any is accepted, and the IRQL is the same before, within and after.",
    ],
    rules: ["SPIN-UNINIT", "SPIN-RECUR"],
    related: ["ExInterlockedAddUlong", "NdisInterlockedAddLargeStatistic"],
    example: "add-to-statistics",
  },
  NdisInterlockedAddLargeStatistic: {
    summary: "Adds to a 64-bit counter, such as that of all bytes that were sent.",
    parameters: { _Addend: `${BIG} The macro takes a pointer to any type of 64 bits.`, _Increment: ADD },
    ownership: "The counter stays the driver's.",
    remarks: ["Needs no lock, and may be called from an interrupt handler.", READING],
    related: ["ExInterlockedAddLargeStatistic", "LARGE_INTEGER", "ULARGE_INTEGER"],
    example: "add-to-statistics",
  },
  ExInterlockedAddUlong: {
    summary: "Adds to a ULONG under a spin lock of the kernel.",
    parameters: {
      Addend: "The variable, nonpaged.",
      Increment: "What to add. The sum wraps around at 2 to the 32nd.",
      Lock: "An initialized KSPIN_LOCK for this variable, which the caller does not hold.",
    },
    returns: "The value of before, not the sum.",
    ownership: "Variable and lock stay the driver's; the lock is free again afterwards.",
    failure: "There is none. A lock that the caller holds already never becomes free.",
    remarks: [
      "May be shared with an interrupt handler, when nobody takes the same lock at DISPATCH_LEVEL.",
      "Atomic only among those that use the same lock. `InterlockedExchangeAdd` needs none and costs less.",
    ],
    rules: ["SPIN-UNINIT", "SPIN-RECUR"],
    related: ["NdisInterlockedAddUlong", "ExInterlockedAddLargeStatistic"],
    example: "add-to-statistics",
  },
  ExInterlockedAddLargeStatistic: {
    summary: "Adds to a 64-bit counter, by the kernel's name.",
    parameters: { Addend: BIG, Increment: ADD },
    ownership: "The counter stays the driver's.",
    remarks: ["What `NdisInterlockedAddLargeStatistic` calls; this one insists on a LARGE_INTEGER.", READING],
    related: ["NdisInterlockedAddLargeStatistic", "LARGE_INTEGER"],
    example: "add-to-statistics",
  },
} as const satisfies DdiPages;
