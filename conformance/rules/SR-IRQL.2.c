/* A restart is completed while the IRQL is still raised for the filter's own state. */
#include "filter.h"

static FILTER_RESTART RestartAtOnce;

static ULONG Restarts;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->RestartHandler = RestartAtOnce;
}

static NDIS_STATUS RestartAtOnce(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    PFILTER filter = FilterModuleContext;
    KIRQL irql;

    UNREFERENCED_PARAMETER(RestartParameters);
    KeRaiseIrql(DISPATCH_LEVEL, &irql);
    Restarts++;
#ifndef MISTAKE
    KeLowerIrql(irql);
#endif
    NdisFRestartComplete(filter->Handle, NDIS_STATUS_SUCCESS); /* at SR-IRQL */
#ifdef MISTAKE
    KeLowerIrql(irql);
#endif
    return NDIS_STATUS_PENDING;
}
