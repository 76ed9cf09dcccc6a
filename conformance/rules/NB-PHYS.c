/* A filter gives its frame a physical address, which only the driver of an adapter knows. */
#include "probe.h"

static VOID SendProbe(PFILTER Filter)
{
    PNET_BUFFER_LIST probe;

    probe = NdisAllocateNetBufferList(Filter->Pool, 0, 0); /* allocated NB-PHYS */
    if (probe == NULL) {
        return;
    }
    PrepareProbe(Filter, probe);
#ifdef MISTAKE
    NET_BUFFER_DATA_PHYSICAL_ADDRESS(NET_BUFFER_LIST_FIRST_NB(probe)).QuadPart = 0x100000;
#endif
    NdisFSendNetBufferLists(Filter->Handle, probe, NDIS_DEFAULT_PORT_NUMBER, 0); /* at NB-PHYS */
}

static VOID TakeProbeBack(PFILTER Filter, PNET_BUFFER_LIST Probe)
{
    UNREFERENCED_PARAMETER(Filter);
    NdisFreeNetBufferList(Probe);
}
