/* Copies between frames that are cut at different places: three ends a copy stops at, and nobody's length changes. */
#include "../rules/frame.h"

#define DATA_SIZE 128

static VOID Copy(PNET_BUFFER To, ULONG ToOffset, ULONG Length, PNET_BUFFER From, ULONG FromOffset)
{
    ULONG copied;
    NDIS_STATUS status = NdisCopyFromNetBufferToNetBuffer(To, ToOffset, Length, From, FromOffset, &copied);

    DbgPrint("%u from %u to %u: 0x%08x, %u copied, length still %u\n", Length, FromOffset, ToOffset, status, copied,
             NET_BUFFER_DATA_LENGTH(To));
}

static VOID Act(VOID)
{
    NET_BUFFER_POOL_PARAMETERS parameters;
    NDIS_HANDLE pool;
    PNET_BUFFER from;
    PNET_BUFFER to;
    PUCHAR bytes;

    InitNetBufferPoolParameters(&parameters, DATA_SIZE);
    pool = NdisAllocateNetBufferPool(NULL, &parameters);
    from = NdisAllocateNetBuffer(NetBufferPool, FrameMdl, HEADROOM, 200);
    to = pool == NULL ? NULL : NdisAllocateNetBufferMdlAndData(pool);
    if (from == NULL || to == NULL) {
        return;
    }
    NET_BUFFER_DATA_OFFSET(to) = 8;
    NdisAdjustNetBufferCurrentMdl(to);
    Copy(to, 0, 100, from, 0);
    Copy(to, 10, 1000, from, 150);
    Copy(to, 0, 1000, from, 0);
    Copy(to, 120, 10, from, 0);
    Copy(to, 0, 10, from, 200);
    NET_BUFFER_DATA_LENGTH(to) = 120;
    bytes = NdisGetDataBuffer(to, 120, NULL, 1, 0);
    if (bytes != NULL) {
        DbgPrint("%u %u %u\n", bytes[0], bytes[43], bytes[119]);
    }
    NdisFreeNetBuffer(to);
    NdisFreeNetBuffer(from);
    NdisFreeNetBufferPool(pool);
}

/* prints
100 from 0 to 0: 0x00000000, 100 copied, length still 0
1000 from 150 to 10: 0x00000000, 50 copied, length still 0
1000 from 0 to 0: 0x00000000, 120 copied, length still 0
10 from 0 to 120: 0x00000000, 0 copied, length still 0
10 from 200 to 0: 0x00000000, 0 copied, length still 0
20 63 139
*/
