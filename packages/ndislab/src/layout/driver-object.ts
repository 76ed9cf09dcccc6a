import { UNICODE_STRING } from "./list.js";
import { array, callback, constants, structure } from "./structure.js";

export const IRP_MAJOR_FUNCTIONS = constants({
  IRP_MJ_CREATE: 0x00,
  IRP_MJ_CREATE_NAMED_PIPE: 0x01,
  IRP_MJ_CLOSE: 0x02,
  IRP_MJ_READ: 0x03,
  IRP_MJ_WRITE: 0x04,
  IRP_MJ_QUERY_INFORMATION: 0x05,
  IRP_MJ_SET_INFORMATION: 0x06,
  IRP_MJ_QUERY_EA: 0x07,
  IRP_MJ_SET_EA: 0x08,
  IRP_MJ_FLUSH_BUFFERS: 0x09,
  IRP_MJ_QUERY_VOLUME_INFORMATION: 0x0a,
  IRP_MJ_SET_VOLUME_INFORMATION: 0x0b,
  IRP_MJ_DIRECTORY_CONTROL: 0x0c,
  IRP_MJ_FILE_SYSTEM_CONTROL: 0x0d,
  IRP_MJ_DEVICE_CONTROL: 0x0e,
  IRP_MJ_INTERNAL_DEVICE_CONTROL: 0x0f,
  IRP_MJ_SHUTDOWN: 0x10,
  IRP_MJ_LOCK_CONTROL: 0x11,
  IRP_MJ_CLEANUP: 0x12,
  IRP_MJ_CREATE_MAILSLOT: 0x13,
  IRP_MJ_QUERY_SECURITY: 0x14,
  IRP_MJ_SET_SECURITY: 0x15,
  IRP_MJ_POWER: 0x16,
  IRP_MJ_SYSTEM_CONTROL: 0x17,
  IRP_MJ_DEVICE_CHANGE: 0x18,
  IRP_MJ_QUERY_QUOTA: 0x19,
  IRP_MJ_SET_QUOTA: 0x1a,
  IRP_MJ_PNP: 0x1b,
  IRP_MJ_MAXIMUM_FUNCTION: 0x1b,
});

export const DRIVER_INITIALIZE = callback(
  "DRIVER_INITIALIZE",
  "NTSTATUS (struct _DRIVER_OBJECT *DriverObject, struct _UNICODE_STRING *RegistryPath)",
  "PDRIVER_INITIALIZE",
);

export const DRIVER_UNLOAD = callback("DRIVER_UNLOAD", "VOID (struct _DRIVER_OBJECT *DriverObject)", "PDRIVER_UNLOAD");

export const DRIVER_DISPATCH = callback(
  "DRIVER_DISPATCH",
  "NTSTATUS (struct _DEVICE_OBJECT *DeviceObject, struct _IRP *Irp)",
  "PDRIVER_DISPATCH",
);

export const DRIVER_STARTIO = callback(
  "DRIVER_STARTIO",
  "VOID (struct _DEVICE_OBJECT *DeviceObject, struct _IRP *Irp)",
  "PDRIVER_STARTIO",
);

export const DRIVER_ADD_DEVICE = callback(
  "DRIVER_ADD_DEVICE",
  "NTSTATUS (struct _DRIVER_OBJECT *DriverObject, struct _DEVICE_OBJECT *PhysicalDeviceObject)",
  "PDRIVER_ADD_DEVICE",
);

export const DRIVER_EXTENSION = structure("DRIVER_EXTENSION", {
  DriverObject: "struct _DRIVER_OBJECT *",
  AddDevice: DRIVER_ADD_DEVICE,
  Count: "ULONG",
  ServiceKeyName: UNICODE_STRING,
});

/** The loader fills one per driver image and passes it to DriverEntry. */
export const DRIVER_OBJECT = structure("DRIVER_OBJECT", {
  Type: "CSHORT",
  Size: "CSHORT",
  DeviceObject: "struct _DEVICE_OBJECT *",
  Flags: "ULONG",
  DriverStart: "PVOID",
  DriverSize: "ULONG",
  DriverSection: "PVOID",
  DriverExtension: "struct _DRIVER_EXTENSION *",
  DriverName: UNICODE_STRING,
  HardwareDatabase: "UNICODE_STRING *",
  FastIoDispatch: "struct _FAST_IO_DISPATCH *",
  DriverInit: DRIVER_INITIALIZE,
  DriverStartIo: DRIVER_STARTIO,
  DriverUnload: DRIVER_UNLOAD,
  MajorFunction: array(DRIVER_DISPATCH, IRP_MAJOR_FUNCTIONS.IRP_MJ_MAXIMUM_FUNCTION + 1),
});
