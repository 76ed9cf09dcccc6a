import { NDIS_OBJECT_HEADER } from "./object-header.js";
import { callback, constants, sizeThrough, structure } from "./structure.js";

export const NDIS_TIMER_FUNCTION = callback(
  "NDIS_TIMER_FUNCTION",
  "VOID (PVOID SystemSpecific1, PVOID FunctionContext, PVOID SystemSpecific2, PVOID SystemSpecific3)",
  "PNDIS_TIMER_FUNCTION",
);

/** Argument of NdisAllocateTimerObject. */
export const NDIS_TIMER_CHARACTERISTICS = structure("NDIS_TIMER_CHARACTERISTICS", {
  Header: NDIS_OBJECT_HEADER,
  AllocationTag: "ULONG",
  TimerFunction: NDIS_TIMER_FUNCTION,
  FunctionContext: "PVOID",
});

export const TIMER_VALUES = constants({
  NDIS_TIMER_CHARACTERISTICS_REVISION_1: 1,
  NDIS_SIZEOF_TIMER_CHARACTERISTICS_REVISION_1: sizeThrough(NDIS_TIMER_CHARACTERISTICS, "FunctionContext"),
});
