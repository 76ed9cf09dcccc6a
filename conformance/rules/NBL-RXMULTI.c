/* Two frames are indicated in one list. */
#include "probe.h"

static NDIS_HANDLE SecondPool;

/* A NET_BUFFER for the second place on the list; its pool goes with it. */
static PNET_BUFFER AllocateSecond(PFILTER Filter)
{
    NET_BUFFER_POOL_PARAMETERS parameters;

    InitNetBufferPoolParameters(&parameters, 0);
    SecondPool = NdisAllocateNetBufferPool(Filter->Handle, &parameters);
    return SecondPool == NULL ? NULL : NdisAllocateNetBuffer(SecondPool, NULL, 0, 0);
}

static VOID SendProbe(PFILTER Filter)
{
    PNET_BUFFER_LIST probe;
    PNET_BUFFER second;

    probe = NdisAllocateNetBufferList(Filter->Pool, 0, 0); /* allocated NBL-RXMULTI */
    if (probe == NULL) {
        return;
    }
    PrepareProbe(Filter, probe);
    second = AllocateSecond(Filter);
#ifdef MISTAKE
    NET_BUFFER_NEXT_NB(NET_BUFFER_LIST_FIRST_NB(probe)) = second;
#else
    NdisFreeNetBuffer(second);
#endif
    NdisFIndicateReceiveNetBufferLists(Filter->Handle, probe, NDIS_DEFAULT_PORT_NUMBER, 1, 0); /* at NBL-RXMULTI */
}

static VOID TakeProbeBack(PFILTER Filter, PNET_BUFFER_LIST Probe)
{
    PNET_BUFFER second = NET_BUFFER_NEXT_NB(NET_BUFFER_LIST_FIRST_NB(Probe));

    UNREFERENCED_PARAMETER(Filter);
    if (second != NULL) {
        NET_BUFFER_NEXT_NB(NET_BUFFER_LIST_FIRST_NB(Probe)) = NULL;
        NdisFreeNetBuffer(second);
    }
    NdisFreeNetBufferList(Probe);
    NdisFreeNetBufferPool(SecondPool);
}
