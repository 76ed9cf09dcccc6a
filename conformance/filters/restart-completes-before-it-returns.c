/* NdisFRestartComplete is called within FilterRestart, which then returns NDIS_STATUS_PENDING: the filter runs. */
#include "../rules/filter.h"

static FILTER_RESTART RestartAtOnce;
static FILTER_PAUSE PauseAtOnce;

static NDIS_STATUS RestartAtOnce(NDIS_HANDLE Context, PNDIS_FILTER_RESTART_PARAMETERS Parameters)
{
    PFILTER filter = Context;

    UNREFERENCED_PARAMETER(Parameters);
    NdisFRestartComplete(filter->Handle, NDIS_STATUS_SUCCESS);
    DbgPrint("restarted\n");
    return NDIS_STATUS_PENDING;
}

static NDIS_STATUS PauseAtOnce(NDIS_HANDLE Context, PNDIS_FILTER_PAUSE_PARAMETERS Parameters)
{
    PFILTER filter = Context;

    UNREFERENCED_PARAMETER(Parameters);
    NdisFPauseComplete(filter->Handle);
    DbgPrint("paused\n");
    return NDIS_STATUS_PENDING;
}

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->RestartHandler = RestartAtOnce;
    Characteristics->PauseHandler = PauseAtOnce;
}

/* prints
restarted
paused
*/
