/* The length of a frame is corrected after the frame was sent. */
#include "probe.h"

static VOID SendProbe(PFILTER Filter)
{
    PNET_BUFFER_LIST probe;

    probe = NdisAllocateNetBufferList(Filter->Pool, 0, 0); /* allocated NBL-OWNER */
    if (probe == NULL) {
        return;
    }
    PrepareProbe(Filter, probe);
    NdisFSendNetBufferLists(Filter->Handle, probe, NDIS_DEFAULT_PORT_NUMBER, 0); /* at NBL-OWNER */
#ifdef MISTAKE
    NET_BUFFER_DATA_LENGTH(NET_BUFFER_LIST_FIRST_NB(probe)) = PROBE_SIZE - 4;
#endif
}

static VOID TakeProbeBack(PFILTER Filter, PNET_BUFFER_LIST Probe)
{
    UNREFERENCED_PARAMETER(Filter);
    NdisFreeNetBufferList(Probe);
}
