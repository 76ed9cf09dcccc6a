/* Rings and stacks that a spin lock guards: the lock is taken within the call. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;

typedef struct {
    LIST_ENTRY Link;
    CHAR Name;
} ITEM;

static LIST_ENTRY Ring;
static NDIS_SPIN_LOCK NdisLock;
static KSPIN_LOCK Lock;
static ITEM Items[3] = { { .Name = 'a' }, { .Name = 'b' }, { .Name = 'c' } };

static CHAR NameOf(PLIST_ENTRY Entry)
{
    return Entry == NULL ? '-' : CONTAINING_RECORD(Entry, ITEM, Link)->Name;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    SINGLE_LIST_ENTRY stack = { NULL };
    SINGLE_LIST_ENTRY first, second;
    CHAR before[3];

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    NdisAllocateSpinLock(&NdisLock);
    KeInitializeSpinLock(&Lock);
    NdisInitializeListHead(&Ring);

    before[0] = NameOf(NdisInterlockedInsertTailList(&Ring, &Items[1].Link, &NdisLock));
    before[1] = NameOf(NdisInterlockedInsertTailList(&Ring, &Items[2].Link, &NdisLock));
    before[2] = NameOf(NdisInterlockedInsertHeadList(&Ring, &Items[0].Link, &NdisLock));
    DbgPrint("before: %c %c %c\n", before[0], before[1], before[2]);
    DbgPrint("ndis: %c", NameOf(NdisInterlockedRemoveHeadList(&Ring, &NdisLock)));
    DbgPrint(" %c", NameOf(NdisInterlockedRemoveHeadList(&Ring, &NdisLock)));
    DbgPrint(" %c", NameOf(NdisInterlockedRemoveHeadList(&Ring, &NdisLock)));
    DbgPrint(" %c, %s\n", NameOf(NdisInterlockedRemoveHeadList(&Ring, &NdisLock)),
             IsListEmpty(&Ring) ? "empty" : "not empty");

    before[0] = NameOf(ExInterlockedInsertHeadList(&Ring, &Items[1].Link, &Lock));
    before[1] = NameOf(ExInterlockedInsertTailList(&Ring, &Items[2].Link, &Lock));
    before[2] = NameOf(ExInterlockedInsertHeadList(&Ring, &Items[0].Link, &Lock));
    DbgPrint("before: %c %c %c\n", before[0], before[1], before[2]);
    DbgPrint("kernel: %c", NameOf(ExInterlockedRemoveHeadList(&Ring, &Lock)));
    RemoveEntryList(&Items[1].Link); /* alone, what is inline sees the same ring */
    DbgPrint(" %c\n", NameOf(ExInterlockedRemoveHeadList(&Ring, &Lock)));

    DbgPrint("pushed onto: %s", ExInterlockedPushEntryList(&stack, &first, &Lock) == NULL ? "nothing" : "something");
    DbgPrint(", %s\n", ExInterlockedPushEntryList(&stack, &second, &Lock) == &first ? "the first" : "something");
    DbgPrint("popped: %s", ExInterlockedPopEntryList(&stack, &Lock) == &second ? "the second" : "something");
    DbgPrint(", %s", ExInterlockedPopEntryList(&stack, &Lock) == &first ? "the first" : "something");
    DbgPrint(", %s\n", ExInterlockedPopEntryList(&stack, &Lock) == NULL ? "nothing" : "something");
    DbgPrint("IRQL %u\n", NDIS_CURRENT_IRQL());
    NdisFreeSpinLock(&NdisLock);
    return STATUS_SUCCESS;
}

/* prints
before: - b b
ndis: a b c -, empty
before: - b b
kernel: a c
pushed onto: nothing, the first
popped: the second, the first, nothing
IRQL 0
*/
