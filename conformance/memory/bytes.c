/* NDIS's names for what the run-time library does with bytes. */
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;

static UCHAR Bytes[8];

static VOID Count(VOID)
{
    ULONG i;

    for (i = 0; i < sizeof(Bytes); i++) {
        Bytes[i] = (UCHAR)(i + 1);
    }
}

static VOID Show(PCSTR What)
{
    DbgPrint("%-7s %02x %02x %02x %02x %02x %02x %02x %02x\n", What, Bytes[0], Bytes[1], Bytes[2], Bytes[3], Bytes[4],
             Bytes[5], Bytes[6], Bytes[7]);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    ULONG value;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    Count();
    NdisZeroMemory(Bytes + 1, 2);
    Show("zero");
    NdisFillMemory(Bytes + 3, 2, 0xff); /* the length comes before the byte */
    Show("fill");
    NdisMoveMemory(Bytes, Bytes + 5, 3);
    Show("move");
    DbgPrint("equal   3: %u, 4: %u, 0: %u\n", NdisEqualMemory(Bytes, Bytes + 5, 3) != 0,
             NdisEqualMemory(Bytes + 1, Bytes + 4, 4) != 0, NdisEqualMemory(Bytes, Bytes + 1, 0) != 0);

    Count();
    NdisStoreUlong((PULONG)(Bytes + 1), 0xdeadbeef);
    Show("store");
    NdisRetrieveUlong(&value, (PULONG)(Bytes + 2));
    DbgPrint("ULONG at an odd address: 0x%08x\n", value);

    Count();
    NdisMoveToMappedMemory(Bytes + 6, Bytes, 1);
    NdisMoveFromMappedMemory(Bytes + 5, Bytes + 1, 1);
    NdisMoveMappedMemory(Bytes + 4, Bytes + 2, 1);
    NdisZeroMappedMemory(Bytes + 7, 1);
    Show("mapped");
    return STATUS_SUCCESS;
}

/* prints
zero    01 00 00 04 05 06 07 08
fill    01 00 00 ff ff 06 07 08
move    06 07 08 ff ff 06 07 08
equal   3: 1, 4: 0, 0: 1
store   01 ef be ad de 06 07 08
ULONG at an odd address: 0x06deadbe
mapped  01 02 03 04 03 02 01 00
*/
