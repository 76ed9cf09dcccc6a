import type { StructurePages } from "../page.js";

/** What names things: unique numbers, and the object whose address is a handle. */
export const IDENTITY_STRUCTURE_PAGES = {
  GUID: {
    summary: "A number of 128 bits that nobody else has given out.",
    members: {
      Data1: "The first eight hexadecimal digits of its text.",
      Data2: "The next four.",
      Data3: "The next four.",
      Data4: "The last sixteen, of which the text has four before its last hyphen and twelve behind it.",
    },
    ownership: "A plain value: it is copied.",
    remarks: [
      "The first three members are numbers, in the processor's order of bytes, and the last one is bytes in the order of the text. So the bytes in memory do not read like the text.",
      "Two are compared whole, as 16 bytes; there is no padding between the members.",
    ],
    related: ["NDIS_STATUS_INDICATION", "NDIS_FILTER_DRIVER_CHARACTERISTICS", "NDIS_DEVICE_OBJECT_ATTRIBUTES"],
    example: "guid-in-memory",
  },
  NET_LUID: {
    summary: "The identity of a network interface on this computer, in 64 bits; also NET_LUID_LH and IF_LUID.",
    members: {
      Value: "All of it.",
      Info: "Its parts.",
      "Info.Reserved": "Not used.",
      "Info.NetLuidIndex": "Which of the interfaces of this type.",
      "Info.IfType": "The type of interface that IANA gave a number: 6 for Ethernet, 71 for 802.11.",
    },
    ownership: "A plain value: it is copied.",
    remarks: [
      "Filter modules have interfaces of their own, and so a NET_LUID of their own beside that of the adapter.",
      "It lasts for as long as the interface is installed, while the interface index is given out anew when the computer starts. What is stored is the NET_LUID.",
    ],
    related: ["NDIS_FILTER_ATTACH_PARAMETERS", "NDIS_FILTER_RESTART_PARAMETERS"],
    example: "look-at-the-adapter",
  },
  NDIS_GENERIC_OBJECT: {
    summary: "Gives a component that NDIS does not know a handle: its address.",
    members: {
      Header: "Type NDIS_OBJECT_TYPE_GENERIC_OBJECT, revision 1, and the size of this structure alone.",
      Caller: "NDIS's own.",
      CallersCaller: "NDIS's own.",
      DriverObject: "What `NdisAllocateGenericObject` was given, NULL for none.",
    },
    ownership:
      "NDIS allocates it, and the component frees it with `NdisFreeGenericObject`. The bytes behind it are the component's, as many as it asked for.",
    remarks: [
      "For a component that allocates pools, memory or locks and is no filter, miniport or protocol. Those have a handle already.",
      "A component that puts the structure at the start of one of its own asks for the size of the rest, not for that of the whole.",
    ],
    rules: ["POOL-GENERIC"],
    related: ["NdisAllocateGenericObject", "NdisFreeGenericObject", "NDIS_OBJECT_HEADER"],
    example: "generic-object",
  },
} as const satisfies StructurePages;
