/* A filter reads its settings when it restarts; here it has none, and takes its defaults. */
#include "../rules/filter.h"

#define DEFAULT_DEPTH 16

static FILTER_RESTART RestartAndRead;

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->RestartHandler = RestartAndRead;
}

static ULONG ReadDepth(NDIS_HANDLE Owner)
{
    NDIS_STRING keyword = NDIS_STRING_CONST("Depth");
    PNDIS_CONFIGURATION_PARAMETER value;
    NDIS_CONFIGURATION_OBJECT object;
    NDIS_HANDLE configuration = &object;
    ULONG depth = DEFAULT_DEPTH;
    NDIS_STATUS status;

    NdisZeroMemory(&object, sizeof(object));
    object.Header.Type = NDIS_OBJECT_TYPE_CONFIGURATION_OBJECT;
    object.Header.Revision = NDIS_CONFIGURATION_OBJECT_REVISION_1;
    object.Header.Size = NDIS_SIZEOF_CONFIGURATION_OBJECT_REVISION_1;
    object.NdisHandle = Owner;
    status = NdisOpenConfigurationEx(&object, &configuration);
    DbgPrint("open: %x, NULL: %d\n", status, configuration == NULL);
    if (status != NDIS_STATUS_SUCCESS) {
        return depth;
    }
    NdisReadConfiguration(&status, &value, configuration, &keyword, NdisParameterInteger);
    if (status == NDIS_STATUS_SUCCESS && value->ParameterType == NdisParameterInteger) {
        depth = value->ParameterData.IntegerData;
    }
    NdisCloseConfiguration(configuration);
    return depth;
}

static NDIS_STATUS RestartAndRead(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    PFILTER filter = FilterModuleContext;
    NDIS_STRING version = NDIS_STRING_CONST("NdisVersion");
    PNDIS_CONFIGURATION_PARAMETER value = (PVOID)filter;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RestartParameters);
    DbgPrint("the module's depth: %u\n", ReadDepth(filter->Handle));
    DbgPrint("the driver's depth: %u\n", ReadDepth(FilterDriverHandle));

    /* A driver that does not look at the status of the open gets no value and harms nobody. */
    NdisReadConfiguration(&status, &value, NULL, &version, NdisParameterInteger);
    DbgPrint("read: %x, the pointer is as it was: %d\n", status, value == (PVOID)filter);
    NdisCloseConfiguration(NULL);
    return NDIS_STATUS_SUCCESS;
}

/* prints
open: c0000001, NULL: 1
the module's depth: 16
open: c0000001, NULL: 1
the driver's depth: 16
read: c0000001, the pointer is as it was: 1
*/
