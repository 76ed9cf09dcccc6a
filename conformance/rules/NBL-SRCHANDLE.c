/* A filter sends a list of its own and leaves out by which handle it is to come back. */
#include "probe.h"

static VOID SendProbe(PFILTER Filter)
{
    PNET_BUFFER_LIST probe;

    probe = NdisAllocateNetBufferList(Filter->Pool, 0, 0); /* allocated NBL-SRCHANDLE */
    if (probe == NULL) {
        return;
    }
    PrepareProbe(Filter, probe);
#ifdef MISTAKE
    probe->SourceHandle = NULL;
#endif
    NdisFSendNetBufferLists(Filter->Handle, probe, NDIS_DEFAULT_PORT_NUMBER, 0); /* at NBL-SRCHANDLE */
}

static VOID TakeProbeBack(PFILTER Filter, PNET_BUFFER_LIST Probe)
{
    UNREFERENCED_PARAMETER(Filter);
    NdisFreeNetBufferList(Probe);
}
