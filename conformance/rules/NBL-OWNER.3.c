/* A list is freed as soon as it was sent, and not when the send completes. */
#include "probe.h"

static VOID SendProbe(PFILTER Filter)
{
    PNET_BUFFER_LIST probe;

    probe = NdisAllocateNetBufferList(Filter->Pool, 0, 0); /* allocated NBL-OWNER */
    if (probe == NULL) {
        return;
    }
    PrepareProbe(Filter, probe);
    NdisFSendNetBufferLists(Filter->Handle, probe, NDIS_DEFAULT_PORT_NUMBER, 0);
#ifdef MISTAKE
    NdisFreeNetBufferList(probe); /* at NBL-OWNER */
#endif
}

static VOID TakeProbeBack(PFILTER Filter, PNET_BUFFER_LIST Probe)
{
    UNREFERENCED_PARAMETER(Filter);
#ifdef MISTAKE
    UNREFERENCED_PARAMETER(Probe);
#else
    NdisFreeNetBufferList(Probe);
#endif
}
