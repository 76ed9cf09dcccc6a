/* Only the head of a chain is freed: NdisFreeMdl and IoFreeMdl do not follow Next. */
#include <ndis.h>

#define BLOCK_TAG 'kclB'
#define PIECES 3
#define PIECE 128

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static PUCHAR Block;
static PMDL Chain;

static BOOLEAN AddPiece(ULONG Piece)
{
    PMDL mdl = IoAllocateMdl(Block + Piece * PIECE, PIECE, FALSE, FALSE, NULL); /* at, allocated MDL-LEAK */

    if (mdl == NULL) {
        return FALSE;
    }
    MmBuildMdlForNonPagedPool(mdl);
    NDIS_MDL_LINKAGE(mdl) = Chain;
    Chain = mdl;
    return TRUE;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    ULONG i;

    UNREFERENCED_PARAMETER(RegistryPath);

    Block = NdisAllocateMemoryWithTagPriority(NULL, PIECES * PIECE, BLOCK_TAG, NormalPoolPriority);
    if (Block == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    for (i = 0; i < PIECES && AddPiece(i); i++) {
    }
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}

VOID DriverUnload(PDRIVER_OBJECT DriverObject)
{
    PMDL next;

    UNREFERENCED_PARAMETER(DriverObject);
    while (Chain != NULL) {
        next = NDIS_MDL_LINKAGE(Chain);
        IoFreeMdl(Chain);
#ifdef MISTAKE
        next = NULL;
#endif
        Chain = next;
    }
    NdisFreeMemory(Block, 0, 0);
}
