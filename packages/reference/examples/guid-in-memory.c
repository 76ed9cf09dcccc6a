#include <ndis.h>

/* {7d2a1c5e-5a51-4f0e-9a3e-1d0a6f5b2d16} */
static const GUID Mine = { 0x7d2a1c5e, 0x5a51, 0x4f0e, { 0x9a, 0x3e, 0x1d, 0x0a, 0x6f, 0x5b, 0x2d, 0x16 } };

static BOOLEAN IsMine(const GUID *Guid)
{
    return NdisEqualMemory(Guid, &Mine, sizeof(GUID)) != 0;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    const UCHAR *bytes = (const UCHAR *)&Mine;
    GUID other = Mine;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    other.Data4[7]++;
    DbgPrint("mine: %s, another: %s\n", IsMine(&Mine) ? "yes" : "no", IsMine(&other) ? "yes" : "no");
    DbgPrint("the text starts %08x, memory %02x %02x %02x %02x\n", Mine.Data1, bytes[0], bytes[1], bytes[2], bytes[3]);
    DbgPrint("the text ends %02x%02x, memory %02x %02x\n", Mine.Data4[6], Mine.Data4[7], bytes[14], bytes[15]);
    return STATUS_SUCCESS;
}
