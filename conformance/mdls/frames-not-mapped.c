/* fails: mapping 2 */
/* fails: mapping 4 */
/* A filter that looks into each frame, whose MDL has no system address yet: two frames cannot be mapped and pass by. */
#include "../rules/filter.h"

static VOID Receive(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER PortNumber,
                    ULONG NumberOfNetBufferLists, ULONG ReceiveFlags)
{
    PFILTER filter = FilterModuleContext;
    PNET_BUFFER_LIST list;

    for (list = NetBufferLists; list != NULL; list = NET_BUFFER_LIST_NEXT_NBL(list)) {
        PNET_BUFFER frame = NET_BUFFER_LIST_FIRST_NB(list);
        PUCHAR data = MmGetSystemAddressForMdlSafe(NET_BUFFER_CURRENT_MDL(frame), NormalPagePriority);

        if (data == NULL) {
            DbgPrint("%u bytes that cannot be mapped\n", NET_BUFFER_DATA_LENGTH(frame));
            continue;
        }
        DbgPrint("%u bytes, type %02x%02x, mapped: %s\n", NET_BUFFER_DATA_LENGTH(frame), data[12], data[13],
                 (NET_BUFFER_CURRENT_MDL(frame)->MdlFlags & MDL_MAPPED_TO_SYSTEM_VA) != 0 ? "yes" : "no");
    }
    NdisFIndicateReceiveNetBufferLists(filter->Handle, NetBufferLists, PortNumber, NumberOfNetBufferLists,
                                       ReceiveFlags);
}

static VOID SetHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->ReceiveNetBufferListsHandler = Receive;
}

/* prints
60 bytes, type 88b5, mapped: yes
61 bytes that cannot be mapped
590 bytes, type 88b5, mapped: yes
1514 bytes that cannot be mapped
98 bytes, type 88b5, mapped: yes
*/
