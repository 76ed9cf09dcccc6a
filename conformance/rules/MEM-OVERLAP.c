/* A header is taken off by moving the payload forward over itself. */
#include <ndis.h>

#define HEADER_SIZE 14

DRIVER_INITIALIZE DriverEntry;

static UCHAR Frame[64];

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

#ifdef MISTAKE
    NdisMoveMemory(Frame, Frame + HEADER_SIZE, sizeof(Frame) - HEADER_SIZE); /* at MEM-OVERLAP */
#else
    RtlMoveMemory(Frame, Frame + HEADER_SIZE, sizeof(Frame) - HEADER_SIZE);
    NdisMoveMemory(Frame, Frame + sizeof(Frame) - HEADER_SIZE, HEADER_SIZE);
#endif
    return STATUS_SUCCESS;
}
