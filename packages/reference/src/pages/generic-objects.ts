import type { DdiPages } from "../page.js";

export const GENERIC_OBJECT_PAGES = {
  NdisAllocateGenericObject: {
    summary: "Makes an object whose address serves as the NDIS handle of a component that NDIS has given none.",
    parameters: {
      DriverObject: "The driver that the object belongs to, kept in its member DriverObject; NULL is taken too.",
      Tag: "Four characters that name the owner of the memory.",
      Size: "Bytes for the caller behind the object, at most 65535; 0 for none.",
    },
    returns: "The object, with the bytes for the caller behind `sizeof(NDIS_GENERIC_OBJECT)`; or NULL.",
    ownership:
      "The object is the caller's until `NdisFreeGenericObject`. Every pool that is made with it as a handle is freed before.",
    failure: "NULL when memory is short.",
    remarks: [
      "For code that is no miniport, protocol or filter and still wants pools of NDIS: a library of several drivers, a callout driver, a test. Drivers that NDIS gave a handle use that.",
      "A structure that starts with an NDIS_GENERIC_OBJECT describes the whole: Size is then its size without that member.",
    ],
    decisions: [
      "Documents do not say what the bytes for the caller hold at first. Here they are 0, and no driver should rely on it.",
      "What becomes of Caller and CallersCaller of the object is for NDIS alone. Here they are NULL.",
    ],
    rules: ["POOL-GENERIC"],
    related: ["NdisFreeGenericObject", "NdisAllocateNetBufferListPool", "NdisAllocateNetBufferPool"],
    example: "generic-object",
  },
  NdisFreeGenericObject: {
    summary: "Frees an object of `NdisAllocateGenericObject`, with the caller's bytes behind it.",
    parameters: { NdisObject: "The object, with which nothing is allocated any more." },
    ownership: "The object is gone, and its address is no handle any more.",
    remarks: ["Pools that were made with it are freed first, each with the function of its kind."],
    decisions: [
      "Nothing is said about pools that are left. Here they go on, as they do without a handle, and the verifier names each of them.",
    ],
    rules: ["POOL-GENERIC"],
    related: ["NdisAllocateGenericObject", "NdisFreeNetBufferListPool", "NdisFreeNetBufferPool"],
    example: "generic-object",
  },
} as const satisfies DdiPages;
