/* A lookaside list gives out again what it got back, the last first. The storage of the list is a global. */
#include <ndis.h>

#define ENTRY_TAG 'yrtE'
#define ENTRY_SIZE 48

DRIVER_INITIALIZE DriverEntry;

static NPAGED_LOOKASIDE_LIST Ndis;
static NPAGED_LOOKASIDE_LIST Kernel;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PVOID a, b, c, d;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisInitializeNPagedLookasideList(&Ndis, NULL, NULL, 0, ENTRY_SIZE, ENTRY_TAG, 0);
    ExInitializeNPagedLookasideList(&Kernel, NULL, NULL, POOL_NX_ALLOCATION, ENTRY_SIZE, ENTRY_TAG, 0);

    a = NdisAllocateFromNPagedLookasideList(&Ndis);
    b = NdisAllocateFromNPagedLookasideList(&Ndis);
    NdisFillMemory(a, ENTRY_SIZE, 0xff);
    NdisFillMemory(b, ENTRY_SIZE, 0xff);
    NdisFreeToNPagedLookasideList(&Ndis, a);
    NdisFreeToNPagedLookasideList(&Ndis, b);
    c = NdisAllocateFromNPagedLookasideList(&Ndis);
    d = NdisAllocateFromNPagedLookasideList(&Ndis);
    DbgPrint("ndis: two entries %s, then %s\n", a != b ? "apart" : "together", c == b && d == a ? "the same" : "others");
    NdisFreeToNPagedLookasideList(&Ndis, c);
    NdisFreeToNPagedLookasideList(&Ndis, d);

    a = ExAllocateFromNPagedLookasideList(&Kernel);
    ExFreeToNPagedLookasideList(&Kernel, a);
    b = ExAllocateFromNPagedLookasideList(&Kernel);
    DbgPrint("kernel: %s\n", a == b ? "the same" : "another");
    ExFreeToNPagedLookasideList(&Kernel, b);

    ExDeleteNPagedLookasideList(&Kernel);
    NdisDeleteNPagedLookasideList(&Ndis);

    /* A deleted list may be initialised again. */
    NdisInitializeNPagedLookasideList(&Ndis, NULL, NULL, 0, ENTRY_SIZE, ENTRY_TAG, 0);
    NdisDeleteNPagedLookasideList(&Ndis);
    return STATUS_SUCCESS;
}

/* prints
ndis: two entries apart, then the same
kernel: the same
*/
