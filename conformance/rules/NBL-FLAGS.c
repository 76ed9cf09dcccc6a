/* A frame is said to be TCP, and over what is left out. */
#include "probe.h"

static VOID SendProbe(PFILTER Filter)
{
    PNET_BUFFER_LIST probe;

    probe = NdisAllocateNetBufferList(Filter->Pool, 0, 0); /* allocated NBL-FLAGS */
    if (probe == NULL) {
        return;
    }
    PrepareProbe(Filter, probe);
    NdisSetNblFlag(probe, NDIS_NBL_FLAGS_IS_TCP);
#ifndef MISTAKE
    NdisSetNblFlag(probe, NDIS_NBL_FLAGS_IS_IPV4);
#endif
    NdisFSendNetBufferLists(Filter->Handle, probe, NDIS_DEFAULT_PORT_NUMBER, 0); /* at NBL-FLAGS */
}

static VOID TakeProbeBack(PFILTER Filter, PNET_BUFFER_LIST Probe)
{
    UNREFERENCED_PARAMETER(Filter);
    NdisFreeNetBufferList(Probe);
}
