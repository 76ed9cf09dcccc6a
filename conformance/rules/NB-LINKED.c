/* A NET_BUFFER is given back to its pool while its list is on its way. */
#include "probe.h"

static NDIS_HANDLE SecondPool;

/* A NET_BUFFER for the second place on the list; its pool goes with it. */
static PNET_BUFFER AllocateSecond(PFILTER Filter)
{
    NET_BUFFER_POOL_PARAMETERS parameters;

    InitNetBufferPoolParameters(&parameters, 0);
    SecondPool = NdisAllocateNetBufferPool(Filter->Handle, &parameters);
    return SecondPool == NULL ? NULL : NdisAllocateNetBuffer(SecondPool, NULL, 0, 0); /* allocated NB-LINKED */
}

static VOID SendProbe(PFILTER Filter)
{
    PNET_BUFFER_LIST probe;
    PNET_BUFFER second;

    probe = NdisAllocateNetBufferList(Filter->Pool, 0, 0);
    if (probe == NULL) {
        return;
    }
    PrepareProbe(Filter, probe);
    second = AllocateSecond(Filter);
    NET_BUFFER_NEXT_NB(NET_BUFFER_LIST_FIRST_NB(probe)) = second;
    NdisFSendNetBufferLists(Filter->Handle, probe, NDIS_DEFAULT_PORT_NUMBER, 0);
#ifdef MISTAKE
    NdisFreeNetBuffer(second); /* at NB-LINKED */
#endif
}

static VOID TakeProbeBack(PFILTER Filter, PNET_BUFFER_LIST Probe)
{
    PNET_BUFFER second = NET_BUFFER_NEXT_NB(NET_BUFFER_LIST_FIRST_NB(Probe));

    UNREFERENCED_PARAMETER(Filter);
    NET_BUFFER_NEXT_NB(NET_BUFFER_LIST_FIRST_NB(Probe)) = NULL;
#ifdef MISTAKE
    UNREFERENCED_PARAMETER(second);
#else
    NdisFreeNetBuffer(second);
#endif
    NdisFreeNetBufferList(Probe);
    NdisFreeNetBufferPool(SecondPool);
}
