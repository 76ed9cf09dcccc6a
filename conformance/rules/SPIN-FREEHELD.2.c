/* The block that a lock lies in is freed inside of the lock. */
#include <ndis.h>

#define CONTEXT_TAG 'txtC'

DRIVER_INITIALIZE DriverEntry;

typedef struct {
    ULONG References;
    KSPIN_LOCK Lock;
} CONTEXT;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    CONTEXT *context;
    KIRQL old;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    context = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*context), CONTEXT_TAG);
    if (context == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    KeInitializeSpinLock(&context->Lock);
    KeAcquireSpinLock(&context->Lock, &old);
#ifdef MISTAKE
    ExFreePoolWithTag(context, CONTEXT_TAG); /* at SPIN-FREEHELD */
    KeReleaseSpinLock(&context->Lock, old);
#else
    KeReleaseSpinLock(&context->Lock, old);
    ExFreePoolWithTag(context, CONTEXT_TAG);
#endif
    return STATUS_SUCCESS;
}
