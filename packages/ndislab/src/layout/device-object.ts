import { KDPC, KEVENT } from "./dispatcher.js";
import { LARGE_INTEGER, LIST_ENTRY, UNICODE_STRING } from "./list.js";
import { aligned, callback, enumeration, opaque, structure, union } from "./structure.js";

export const IO_ALLOCATION_ACTION = enumeration("IO_ALLOCATION_ACTION", {
  KeepObject: 1,
  DeallocateObject: 2,
  DeallocateObjectKeepRegisters: 3,
});

export const DRIVER_CONTROL = callback(
  "DRIVER_CONTROL",
  "IO_ALLOCATION_ACTION (struct _DEVICE_OBJECT *DeviceObject, struct _IRP *Irp, PVOID MapRegisterBase, PVOID Context)",
  "PDRIVER_CONTROL",
);

export const KDEVICE_QUEUE_ENTRY = structure(
  "KDEVICE_QUEUE_ENTRY",
  { DeviceListEntry: LIST_ENTRY, SortKey: "ULONG", Inserted: "BOOLEAN" },
  { pointers: ["PKDEVICE_QUEUE_ENTRY", "PRKDEVICE_QUEUE_ENTRY"] },
);

export const KDEVICE_QUEUE = structure(
  "KDEVICE_QUEUE",
  { Type: "CSHORT", Size: "CSHORT", DeviceListHead: LIST_ENTRY, Lock: "KSPIN_LOCK", Busy: "BOOLEAN" },
  { pointers: ["PKDEVICE_QUEUE", "PRKDEVICE_QUEUE"] },
);

export const WAIT_CONTEXT_BLOCK = structure("WAIT_CONTEXT_BLOCK", {
  WaitQueueEntry: KDEVICE_QUEUE_ENTRY,
  DeviceRoutine: DRIVER_CONTROL,
  DeviceContext: "PVOID",
  NumberOfMapRegisters: "ULONG",
  DeviceObject: "PVOID",
  CurrentIrp: "PVOID",
  BufferChainingDpc: "KDPC *",
});

export const VPB = opaque("VPB");

export const DEVICE_OBJECT = structure("DEVICE_OBJECT", {
  Type: aligned("CSHORT"),
  Size: "USHORT",
  ReferenceCount: "LONG",
  DriverObject: "struct _DRIVER_OBJECT *",
  NextDevice: "struct _DEVICE_OBJECT *",
  AttachedDevice: "struct _DEVICE_OBJECT *",
  CurrentIrp: "struct _IRP *",
  Timer: "PVOID",
  Flags: "ULONG",
  Characteristics: "ULONG",
  Vpb: "struct _VPB *",
  DeviceExtension: "PVOID",
  DeviceType: "DEVICE_TYPE",
  StackSize: "CCHAR",
  Queue: union({ ListEntry: LIST_ENTRY, Wcb: WAIT_CONTEXT_BLOCK }),
  AlignmentRequirement: "ULONG",
  DeviceQueue: KDEVICE_QUEUE,
  Dpc: KDPC,
  ActiveThreadCount: "ULONG",
  SecurityDescriptor: "PVOID",
  DeviceLock: KEVENT,
  SectorSize: "USHORT",
  Spare1: "USHORT",
  DeviceObjectExtension: "struct _DEVOBJ_EXTENSION *",
  Reserved: "PVOID",
});

export const FILE_OBJECT = structure("FILE_OBJECT", {
  Type: "CSHORT",
  Size: "CSHORT",
  DeviceObject: "struct _DEVICE_OBJECT *",
  Vpb: "struct _VPB *",
  FsContext: "PVOID",
  FsContext2: "PVOID",
  SectionObjectPointer: "struct _SECTION_OBJECT_POINTERS *",
  PrivateCacheMap: "PVOID",
  FinalStatus: "NTSTATUS",
  RelatedFileObject: "struct _FILE_OBJECT *",
  LockOperation: "BOOLEAN",
  DeletePending: "BOOLEAN",
  ReadAccess: "BOOLEAN",
  WriteAccess: "BOOLEAN",
  DeleteAccess: "BOOLEAN",
  SharedRead: "BOOLEAN",
  SharedWrite: "BOOLEAN",
  SharedDelete: "BOOLEAN",
  Flags: "ULONG",
  FileName: UNICODE_STRING,
  CurrentByteOffset: LARGE_INTEGER,
  Waiters: "ULONG",
  Busy: "ULONG",
  LastLock: "PVOID",
  Lock: KEVENT,
  Event: KEVENT,
  CompletionContext: "struct _IO_COMPLETION_CONTEXT *",
  IrpListLock: "KSPIN_LOCK",
  IrpList: LIST_ENTRY,
  FileObjectExtension: "PVOID",
});
