import type { DdiPages } from "../page.js";

/** Device objects, by which programs reach a driver. */
export const DEVICE_PAGES = {
  NdisRegisterDeviceEx: {
    summary: "Makes a device object by which applications reach the driver.",
    parameters: {
      NdisHandle: "The handle of the driver, from `NdisFRegisterFilterDriver`; a miniport driver's will do as well.",
      DeviceObjectAttributes:
        "Names, dispatch routines by major function, and how many bytes the driver wants to keep with the device.",
      pDeviceObject: "Receives the device object.",
      NdisDeviceHandle: "Receives the handle for `NdisDeregisterDeviceEx`.",
    },
    returns:
      "`NDIS_STATUS_SUCCESS`, `NDIS_STATUS_RESOURCES` when memory is short, or `NDIS_STATUS_NOT_SUPPORTED` when the handle is not that of a registered driver; on Windows also whatever the I/O manager failed with.",
    ownership:
      "Device and extension are NDIS' memory, the driver's to use until `NdisDeregisterDeviceEx`. The attributes, names and the table of routines stay the caller's and are read during the call only.",
    failure: "`pDeviceObject` receives NULL, `NdisDeviceHandle` nothing: there is no device and nothing to deregister.",
    remarks: [
      "A lightweight filter is no driver in the stack of the device, so this is how a service talks to it. Requests can come as soon as the call returns.",
      "`DeviceExtension` of the object is NDIS' and never to be written. The room that `ExtensionSize` asked for, which begins as zeroes, is found with `NdisGetDeviceReservedExtension`.",
    ],
    decisions: [
      "There are no applications here: the object exists, its dispatch routines are never called, and the names are not looked at.",
      "Extension and object are one block, 8-aligned, which Windows does not promise.",
    ],
    rules: ["MEM-LEAK"],
    related: ["NdisDeregisterDeviceEx", "NdisGetDeviceReservedExtension", "NdisFRegisterFilterDriver"],
    example: "device-object",
    driverOnly: true,
  },
  NdisDeregisterDeviceEx: {
    summary: "Removes a device object and its symbolic link.",
    parameters: {
      NdisDeviceHandle: "What `NdisRegisterDeviceEx` gave out.",
    },
    ownership: "The device object and its extension are gone, and no pointer to them may be used.",
    remarks: [
      "A filter calls it in DriverUnload, before `NdisFDeregisterFilterDriver`: the handle of the driver is what the device was made with. No new requests come from then on.",
    ],
    rules: ["MEM-DFREE", "MEM-BADADDR"],
    related: ["NdisRegisterDeviceEx", "NdisFDeregisterFilterDriver"],
    example: "device-object",
    driverOnly: true,
  },
  NdisGetDeviceReservedExtension: {
    summary: "Finds the room that a driver keeps with its device object.",
    parameters: {
      DeviceObject: "A device object from `NdisRegisterDeviceEx`: the one that a dispatch routine was given.",
    },
    returns: "The room of `ExtensionSize` bytes, or NULL when there is none.",
    ownership: "The room belongs to the device and goes with it.",
    remarks: ["Not `DeviceExtension` of the object, which is NDIS' own on Windows."],
    decisions: [
      "Documents speak of NULL in the case of an error. Here that is a device without an extension, and an address that is no device.",
    ],
    related: ["NdisRegisterDeviceEx"],
    example: "device-object",
    driverOnly: true,
  },
} as const satisfies DdiPages;
