/* Sequenced lists: stacks that count their entries. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;

static SLIST_HEADER Stack;
static SLIST_ENTRY Entries[4];
static KSPIN_LOCK Lock;

static INT IndexOf(PSLIST_ENTRY Entry)
{
    return Entry == NULL ? -1 : (INT)(Entry - Entries);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    KeInitializeSpinLock(&Lock);
    NdisInitializeSListHead(&Stack);
    DbgPrint("push %d", IndexOf(NdisInterlockedPushEntrySList(&Stack, &Entries[0], &Lock)));
    DbgPrint(" %d", IndexOf(NdisInterlockedPushEntrySList(&Stack, &Entries[1], &Lock)));
    DbgPrint(" %d, depth %u\n", IndexOf(ExInterlockedPushEntrySList(&Stack, &Entries[2], &Lock)),
             NdisQueryDepthSList(&Stack));
    DbgPrint("pop %d", IndexOf(NdisInterlockedPopEntrySList(&Stack, &Lock)));
    DbgPrint(" %d, depth %u\n", IndexOf(ExInterlockedPopEntrySList(&Stack, &Lock)), QueryDepthSList(&Stack));

    /* 1 and 2 together, linked from the one to the other. */
    Entries[1].Next = &Entries[2];
    DbgPrint("push a list onto %d", IndexOf(InterlockedPushListSList(&Stack, &Entries[1], &Entries[2], 2)));
    DbgPrint(", depth %u, first %d\n", ExQueryDepthSList(&Stack), IndexOf(FirstEntrySList(&Stack)));
    DbgPrint("flush %d", IndexOf(NdisInterlockedFlushSList(&Stack)));
    DbgPrint(" (%d %d), depth %u", IndexOf(Entries[1].Next), IndexOf(Entries[2].Next), ExQueryDepthSList(&Stack));
    DbgPrint(", pop %d", IndexOf(InterlockedPopEntrySList(&Stack)));
    DbgPrint(", flush %d\n", IndexOf(ExInterlockedFlushSList(&Stack)));
    return STATUS_SUCCESS;
}

/* prints
push -1 0 1, depth 3
pop 2 1, depth 1
push a list onto 0, depth 3, first 1
flush 1 (2 0), depth 0, pop -1, flush -1
*/
