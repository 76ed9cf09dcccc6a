/* A header is taken off a frame that is already on its way up. */
#include "probe.h"

static VOID SendProbe(PFILTER Filter)
{
    PNET_BUFFER_LIST probe;

    probe = NdisAllocateNetBufferList(Filter->Pool, 0, 0); /* allocated NBL-OWNER */
    if (probe == NULL) {
        return;
    }
    PrepareProbe(Filter, probe);
    NdisFIndicateReceiveNetBufferLists(Filter->Handle, probe, NDIS_DEFAULT_PORT_NUMBER, 1, 0);
#ifdef MISTAKE
    NdisAdvanceNetBufferDataStart(NET_BUFFER_LIST_FIRST_NB(probe), 4, FALSE, NULL); /* at NBL-OWNER */
#endif
}

static VOID TakeProbeBack(PFILTER Filter, PNET_BUFFER_LIST Probe)
{
    UNREFERENCED_PARAMETER(Filter);
    NdisFreeNetBufferList(Probe);
}
