import { aligned, structure } from "./structure.js";

// Lists of free blocks of one size. The storage is the driver's, what is in it the kernel's.

export const NPAGED_LOOKASIDE_LIST = structure("NPAGED_LOOKASIDE_LIST", { Reserved: aligned("ULONG_PTR[20]") });

export const PAGED_LOOKASIDE_LIST = structure("PAGED_LOOKASIDE_LIST", { Reserved: aligned("ULONG_PTR[26]") });

export const LOOKASIDE_LIST_EX = structure("LOOKASIDE_LIST_EX", { Reserved: aligned("ULONG_PTR[18]") });
