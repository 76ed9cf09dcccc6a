/* Received lists are indicated while the IRQL is still raised for the device. */
#include "filter.h"

#define DEVICE_IRQL 5

FILTER_RECEIVE_NET_BUFFER_LISTS FilterReceive;

static ULONG DeviceState;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->ReceiveNetBufferListsHandler = FilterReceive;
}

VOID FilterReceive(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER PortNumber,
                   ULONG NumberOfNetBufferLists, ULONG ReceiveFlags)
{
    PFILTER filter = FilterModuleContext;
    KIRQL irql;

    KeRaiseIrql(DEVICE_IRQL, &irql);
    DeviceState += NumberOfNetBufferLists;
#ifndef MISTAKE
    KeLowerIrql(irql);
#endif
    NdisFIndicateReceiveNetBufferLists(filter->Handle, NetBufferLists, PortNumber, /* at SR-IRQL */
                                       NumberOfNetBufferLists, ReceiveFlags);
#ifdef MISTAKE
    KeLowerIrql(irql);
#endif
}
