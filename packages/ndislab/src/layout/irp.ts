import { KDEVICE_QUEUE_ENTRY } from "./device-object.js";
import { LARGE_INTEGER, LIST_ENTRY } from "./list.js";
import { callback, constants, inner, structure, union } from "./structure.js";

export const IO_STATUS_BLOCK = structure("IO_STATUS_BLOCK", {
  $status: union({ Status: "NTSTATUS", Pointer: "PVOID" }),
  Information: "ULONG_PTR",
});

export const DRIVER_CANCEL = callback(
  "DRIVER_CANCEL",
  "VOID (struct _DEVICE_OBJECT *DeviceObject, struct _IRP *Irp)",
  "PDRIVER_CANCEL",
);

export const IO_COMPLETION_ROUTINE = callback(
  "IO_COMPLETION_ROUTINE",
  "NTSTATUS (struct _DEVICE_OBJECT *DeviceObject, struct _IRP *Irp, PVOID Context)",
  "PIO_COMPLETION_ROUTINE",
);

export const IO_APC_ROUTINE = callback(
  "IO_APC_ROUTINE",
  "VOID (PVOID ApcContext, struct _IO_STATUS_BLOCK *IoStatusBlock, ULONG Reserved)",
  "PIO_APC_ROUTINE",
);

/** As much room as an asynchronous procedure call needs in an IRP; drivers do not look inside. */
export const KAPC = structure(
  "KAPC",
  {
    Type: "UCHAR",
    AllFlags: "UCHAR",
    Size: "UCHAR",
    SpareByte1: "UCHAR",
    SpareLong0: "ULONG",
    Thread: "struct _KTHREAD *",
    ApcListEntry: LIST_ENTRY,
    Reserved: "PVOID[3]",
    NormalContext: "PVOID",
    SystemArgument1: "PVOID",
    SystemArgument2: "PVOID",
    ApcStateIndex: "CCHAR",
    ApcMode: "KPROCESSOR_MODE",
    Inserted: "BOOLEAN",
  },
  { pointers: ["PKAPC", "PRKAPC"] },
);

const BUFFER_AND_OFFSET = inner({ Length: "ULONG", Key: "ULONG", ByteOffset: LARGE_INTEGER });

/**
 * One driver's part of an IRP. Packed to 4 on x86: the 64-bit offset of a read lies at 12, not at 16.
 * `Parameters` has the members of the requests that network drivers serve.
 */
export const IO_STACK_LOCATION = structure(
  "IO_STACK_LOCATION",
  {
    MajorFunction: "UCHAR",
    MinorFunction: "UCHAR",
    Flags: "UCHAR",
    Control: "UCHAR",
    Parameters: union({
      Create: inner({
        SecurityContext: "struct _IO_SECURITY_CONTEXT *",
        Options: "ULONG",
        FileAttributes: "USHORT",
        ShareAccess: "USHORT",
        EaLength: "ULONG",
      }),
      Read: BUFFER_AND_OFFSET,
      Write: BUFFER_AND_OFFSET,
      DeviceIoControl: inner({
        OutputBufferLength: "ULONG",
        InputBufferLength: "ULONG",
        IoControlCode: "ULONG",
        Type3InputBuffer: "PVOID",
      }),
      QueryDeviceRelations: inner({ Type: "ULONG" }),
      Power: inner({ SystemContext: "ULONG", Type: "ULONG", State: "ULONG", ShutdownType: "ULONG" }),
      Others: inner({ Argument1: "PVOID", Argument2: "PVOID", Argument3: "PVOID", Argument4: "PVOID" }),
    }),
    DeviceObject: "struct _DEVICE_OBJECT *",
    FileObject: "struct _FILE_OBJECT *",
    CompletionRoutine: IO_COMPLETION_ROUTINE,
    Context: "PVOID",
  },
  { pack: 4 },
);

/**
 * ```
 *  ┌──────┬────────────────────┬─────────────────────┬─────────────────────┐
 *  │ IRP  │ stack location 1   │ …                   │ location StackCount │
 *  └──────┴────────────────────┴─────────────────────┴─────────────────────┘
 *   112 B        36 B each, the first driver to be called owns the last one
 * ```
 */
export const IRP = structure("IRP", {
  Type: "CSHORT",
  Size: "USHORT",
  MdlAddress: "MDL *",
  Flags: "ULONG",
  AssociatedIrp: union({ MasterIrp: "struct _IRP *", IrpCount: "LONG", SystemBuffer: "PVOID" }),
  ThreadListEntry: LIST_ENTRY,
  IoStatus: IO_STATUS_BLOCK,
  RequestorMode: "KPROCESSOR_MODE",
  PendingReturned: "BOOLEAN",
  StackCount: "CHAR",
  CurrentLocation: "CHAR",
  Cancel: "BOOLEAN",
  CancelIrql: "KIRQL",
  ApcEnvironment: "CCHAR",
  AllocationFlags: "UCHAR",
  UserIosb: "IO_STATUS_BLOCK *",
  UserEvent: "KEVENT *",
  Overlay: union({
    AsynchronousParameters: inner({
      $routine: union({ UserApcRoutine: IO_APC_ROUTINE, IssuingProcess: "PVOID" }),
      UserApcContext: "PVOID",
    }),
    AllocationSize: LARGE_INTEGER,
  }),
  CancelRoutine: DRIVER_CANCEL,
  UserBuffer: "PVOID",
  Tail: union({
    Overlay: inner({
      $entry: union({ DeviceQueueEntry: KDEVICE_QUEUE_ENTRY, $context: inner({ DriverContext: "PVOID[4]" }) }),
      Thread: "struct _ETHREAD *",
      AuxiliaryBuffer: "CHAR *",
      $list: inner({
        ListEntry: LIST_ENTRY,
        $location: union({ CurrentStackLocation: "struct _IO_STACK_LOCATION *", PacketType: "ULONG" }),
      }),
      OriginalFileObject: "struct _FILE_OBJECT *",
    }),
    Apc: KAPC,
    CompletionKey: "PVOID",
  }),
});

export const IO_STACK_LOCATION_CONTROL = constants({
  SL_PENDING_RETURNED: 0x01,
  SL_ERROR_RETURNED: 0x02,
  SL_INVOKE_ON_CANCEL: 0x20,
  SL_INVOKE_ON_SUCCESS: 0x40,
  SL_INVOKE_ON_ERROR: 0x80,
});

export const IO_PRIORITY_BOOST = constants({ IO_NO_INCREMENT: 0, IO_NETWORK_INCREMENT: 2 });
