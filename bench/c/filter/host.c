/*
 * NDIS around a filter that is compiled for this machine: as much of it as frames need, by the same steps as the library's
 * DataPath. Lists come from a free list with NET_BUFFER, MDL and data, all members written; they go in by 32, are counted
 * when they come out, and are given back when the call has returned. The driver's C is the example's, as it is.
 */
#include <ndis.h>

#include "host.h"

#define BATCH 32
#define LISTS 64
#define ROOM 2048
#define FRAME 60

typedef enum { AtHost, AtDriver, PassedOn } OWNER;

typedef struct {
    __attribute__((aligned(64))) NET_BUFFER_LIST List;
    NET_BUFFER NetBuffer;
    MDL Mdl;
    ULONG_PTR Pages[2];
    __attribute__((aligned(64))) UCHAR Data[ROOM];
} SLOT;

typedef struct {
    PNET_BUFFER_LIST Head, Tail;
} QUEUE;

unsigned long host_received, host_emitted, host_bytes, host_back;

static SLOT Slots[LISTS];
static OWNER Owners[LISTS];
static BOOLEAN Passed[LISTS];
static PNET_BUFFER_LIST Free;
static QUEUE Batch, ToComplete, ToReturn;
static NDIS_FILTER_DRIVER_CHARACTERISTICS Handlers;
static NDIS_HANDLE Context;
static BOOLEAN Sending;
static UCHAR Frame[FRAME];

DRIVER_INITIALIZE DriverEntry;

static void Sink(const UCHAR *Data, ULONG Length)
{
    host_emitted++;
    host_bytes += Length + (Data == NULL);
}

static void (*volatile Sinks)(const UCHAR *, ULONG) = Sink;

static ULONG NumberOf(PNET_BUFFER_LIST List) { return (ULONG)((SLOT *)List - Slots); }

static void Append(QUEUE *Queue, PNET_BUFFER_LIST List)
{
    List->Next = NULL;
    if (Queue->Head == NULL) {
        Queue->Head = List;
    } else {
        Queue->Tail->Next = List;
    }
    Queue->Tail = List;
}

static PNET_BUFFER_LIST TakeAll(QUEUE *Queue)
{
    PNET_BUFFER_LIST head = Queue->Head;

    Queue->Head = NULL;
    return head;
}

/* A list with the frame copied in. */
static PNET_BUFFER_LIST Take(void)
{
    PNET_BUFFER_LIST list = Free;
    SLOT *slot = (SLOT *)list;
    PNET_BUFFER nb = &slot->NetBuffer;

    Free = list->NdisReserved[0];
    __builtin_memset(list, 0, sizeof(*list));
    list->NdisPoolHandle = Slots;
    __builtin_memset(nb, 0, sizeof(*nb));
    nb->NdisPoolHandle = Slots;
    nb->MdlChain = nb->CurrentMdl = &slot->Mdl;
    slot->Mdl.Next = NULL;
    slot->Mdl.Size = sizeof(MDL) + 4;
    slot->Mdl.MdlFlags = MDL_SOURCE_IS_NONPAGED_POOL;
    slot->Mdl.Process = NULL;
    slot->Mdl.MappedSystemVa = slot->Data;
    slot->Mdl.StartVa = (PVOID)((ULONG_PTR)slot->Data & ~(ULONG_PTR)0xfff);
    slot->Mdl.ByteCount = ROOM;
    slot->Mdl.ByteOffset = (ULONG)((ULONG_PTR)slot->Data & 0xfff);
    list->FirstNetBuffer = nb;
    __builtin_memcpy(slot->Data, Frame, FRAME);
    nb->DataLength = FRAME;
    list->SourceHandle = Context;
    Owners[NumberOf(list)] = AtDriver;
    Passed[NumberOf(list)] = FALSE;
    host_received++;
    return list;
}

static void Emit(PNET_BUFFER_LIST List)
{
    for (PNET_BUFFER nb = List->FirstNetBuffer; nb != NULL; nb = nb->Next) {
        PMDL mdl = nb->CurrentMdl;

        if (mdl->ByteCount - nb->CurrentMdlOffset >= nb->DataLength) {
            Sinks((UCHAR *)mdl->StartVa + mdl->ByteOffset + nb->CurrentMdlOffset, nb->DataLength);
        }
    }
}

static void PassOn(PNET_BUFFER_LIST Lists, QUEUE *Queue, BOOLEAN Out)
{
    for (PNET_BUFFER_LIST list = Lists, next; list != NULL; list = next) {
        next = list->Next;
        if (Out) {
            Emit(list);
        }
        if (Owners[NumberOf(list)] == AtDriver) {
            Owners[NumberOf(list)] = PassedOn;
            Passed[NumberOf(list)] = TRUE;
        }
        Append(Queue, list);
    }
}

static void GiveBack(PNET_BUFFER_LIST Lists)
{
    for (PNET_BUFFER_LIST list = Lists; list != NULL; list = list->Next) {
        if (Owners[NumberOf(list)] == PassedOn) {
            Owners[NumberOf(list)] = AtDriver;
        }
    }
}

static void TakeBack(PNET_BUFFER_LIST Lists)
{
    for (PNET_BUFFER_LIST list = Lists, next; list != NULL; list = next) {
        next = list->Next;
        if (Owners[NumberOf(list)] != AtDriver || !Passed[NumberOf(list)]) {
            __builtin_trap();
        }
        Owners[NumberOf(list)] = AtHost;
        host_back++;
        list->NdisReserved[0] = Free;
        Free = list;
    }
}

VOID NdisFSendNetBufferLists(NDIS_HANDLE Filter, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Flags)
{
    for (PNET_BUFFER_LIST list = Lists; list != NULL; list = list->Next) {
        list->Status = NDIS_STATUS_SUCCESS;
    }
    PassOn(Lists, &ToComplete, Sending);
}

VOID NdisFSendNetBufferListsComplete(NDIS_HANDLE Filter, PNET_BUFFER_LIST Lists, ULONG Flags) { TakeBack(Lists); }

VOID NdisFIndicateReceiveNetBufferLists(NDIS_HANDLE Filter, PNET_BUFFER_LIST Lists, NDIS_PORT_NUMBER Port, ULONG Number,
                                        ULONG Flags)
{
    PassOn(Lists, &ToReturn, !Sending);
}

VOID NdisFReturnNetBufferLists(NDIS_HANDLE Filter, PNET_BUFFER_LIST Lists, ULONG Flags) { TakeBack(Lists); }

static void Pump(void)
{
    PNET_BUFFER_LIST lists;

    while ((lists = TakeAll(&ToReturn)) != NULL) {
        GiveBack(lists);
        Handlers.ReturnNetBufferListsHandler(Context, lists, NDIS_RETURN_FLAGS_DISPATCH_LEVEL);
    }
    while ((lists = TakeAll(&ToComplete)) != NULL) {
        GiveBack(lists);
        Handlers.SendNetBufferListsCompleteHandler(Context, lists, NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL);
    }
}

void host_send(long frames)
{
    Sending = TRUE;
    for (long done = 0; done < frames; done += BATCH) {
        for (int i = 0; i < BATCH; i++) {
            Append(&Batch, Take());
        }
        Handlers.SendNetBufferListsHandler(Context, TakeAll(&Batch), 0, NDIS_SEND_FLAGS_DISPATCH_LEVEL);
        Pump();
    }
}

void host_receive(long frames)
{
    Sending = FALSE;
    for (long done = 0; done < frames; done += BATCH) {
        for (int i = 0; i < BATCH; i++) {
            Append(&Batch, Take());
        }
        Handlers.ReceiveNetBufferListsHandler(Context, TakeAll(&Batch), 0, BATCH, NDIS_RECEIVE_FLAGS_DISPATCH_LEVEL);
        Pump();
    }
}

static void Nothing(NDIS_HANDLE Module) {}

static void (*volatile Handler)(NDIS_HANDLE) = Nothing;

void host_call(long calls)
{
    for (long i = 0; i < calls; i++) {
        Handler(Context);
    }
}

int host_start(void)
{
    static DRIVER_OBJECT driver;
    static NDIS_FILTER_ATTACH_PARAMETERS attach;
    static NDIS_FILTER_RESTART_PARAMETERS restart;
    static UNICODE_STRING path;

    for (int i = LISTS - 1; i >= 0; i--) {
        Slots[i].List.NdisReserved[0] = Free;
        Free = &Slots[i].List;
    }
    attach.MiniportMediaType = NdisMedium802_3;
    return DriverEntry(&driver, &path) != 0 || Handlers.AttachHandler(&Handlers, NULL, &attach) != 0 ||
           Handlers.RestartHandler(Context, &restart) != 0;
}

NDIS_STATUS NdisFRegisterFilterDriver(PDRIVER_OBJECT Driver, NDIS_HANDLE DriverContext,
                                      PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics, PNDIS_HANDLE Handle)
{
    Handlers = *Characteristics;
    *Handle = &Handlers;
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS NdisFSetAttributes(NDIS_HANDLE Filter, NDIS_HANDLE ModuleContext, PNDIS_FILTER_ATTRIBUTES Attributes)
{
    Context = ModuleContext;
    return NDIS_STATUS_SUCCESS;
}

PVOID NdisAllocateMemoryWithTagPriority(NDIS_HANDLE Handle, UINT Length, ULONG Tag, EX_POOL_PRIORITY Priority)
{
    static ULONG64 memory[512];

    return Length <= sizeof(memory) ? memory : NULL;
}

/* What the driver may call, and does not while frames pass. */
ULONG DbgPrint(PCSTR Format, ...) { return 0; }
VOID RtlInitUnicodeString(PUNICODE_STRING Target, PCWSTR Source) {}
VOID NdisFDeregisterFilterDriver(NDIS_HANDLE Handle) {}
VOID NdisFreeMemory(PVOID Memory, UINT Length, UINT Flags) {}
VOID NdisFOidRequestComplete(NDIS_HANDLE Filter, PNDIS_OID_REQUEST Request, NDIS_STATUS Status) {}
VOID NdisFreeCloneOidRequest(NDIS_HANDLE Source, PNDIS_OID_REQUEST Request) {}
VOID NdisFIndicateStatus(NDIS_HANDLE Filter, PNDIS_STATUS_INDICATION Indication) {}
NDIS_STATUS NdisFOidRequest(NDIS_HANDLE Filter, PNDIS_OID_REQUEST Request) { return NDIS_STATUS_FAILURE; }
NDIS_STATUS NdisAllocateCloneOidRequest(NDIS_HANDLE Source, PNDIS_OID_REQUEST Request, UINT Tag, PNDIS_OID_REQUEST *Clone)
{
    return NDIS_STATUS_FAILURE;
}
