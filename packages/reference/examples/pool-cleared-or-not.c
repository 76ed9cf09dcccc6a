#include <ndis.h>

#define TAG 'scod'
#define FRAME_SIZE 60
#define STATISTICS_SIZE 256

typedef struct _CONTEXT {
    PUCHAR Frame;      /* filled at once: need not be cleared */
    PULONG Statistics; /* the driver can do without */
    PUCHAR Spare;
    PULONG Names;      /* used below DISPATCH_LEVEL only */
} CONTEXT;

static VOID FreeContext(CONTEXT *Context)
{
    PVOID blocks[4];
    ULONG i;

    blocks[0] = Context->Frame;
    blocks[1] = Context->Statistics;
    blocks[2] = Context->Spare;
    blocks[3] = Context->Names;
    for (i = 0; i < 4; i++) {
        if (blocks[i] != NULL) {
            ExFreePoolWithTag(blocks[i], TAG);
        }
    }
    ExFreePoolWithTag(Context, TAG);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    CONTEXT *context;

    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);

    context = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(CONTEXT), TAG);
    if (context == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    DbgPrint("a context, its members %s\n", context->Frame == NULL && context->Names == NULL ? "NULL" : "anything");
    context->Frame = ExAllocatePoolUninitialized(NonPagedPoolNx, FRAME_SIZE, TAG);
    context->Names = ExAllocatePoolZero(PagedPool, STATISTICS_SIZE, TAG);
    context->Statistics = ExAllocatePoolPriorityZero(NonPagedPoolNx, STATISTICS_SIZE, TAG, LowPoolPriority);
    context->Spare = ExAllocatePoolPriorityUninitialized(NonPagedPoolNx, FRAME_SIZE, TAG, LowPoolPriority);
    if (context->Frame != NULL && context->Names != NULL) {
        RtlFillMemory(context->Frame, FRAME_SIZE, 0xff);
        DbgPrint("a frame of %u bytes, %u names\n", FRAME_SIZE, context->Names[0]);
    }
    if (context->Statistics != NULL) {
        DbgPrint("statistics from %u on\n", context->Statistics[0]);
    }
    FreeContext(context);
    return STATUS_SUCCESS;
}
