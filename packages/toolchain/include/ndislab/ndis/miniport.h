/* Functions and values for miniport and intermediate drivers. */
#pragma once

NDIS_STATUS NdisMRegisterMiniportDriver(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath,
                                        NDIS_HANDLE MiniportDriverContext,
                                        PNDIS_MINIPORT_DRIVER_CHARACTERISTICS MiniportDriverCharacteristics,
                                        PNDIS_HANDLE NdisMiniportDriverHandle);
VOID NdisMDeregisterMiniportDriver(NDIS_HANDLE NdisMiniportDriverHandle);
NDIS_STATUS NdisMSetMiniportAttributes(NDIS_HANDLE NdisMiniportHandle,
                                       PNDIS_MINIPORT_ADAPTER_ATTRIBUTES MiniportAttributes);
VOID NdisMSendNetBufferListsComplete(NDIS_HANDLE MiniportAdapterHandle, PNET_BUFFER_LIST NetBufferList,
                                     ULONG SendCompleteFlags);
VOID NdisMIndicateReceiveNetBufferLists(NDIS_HANDLE MiniportAdapterHandle, PNET_BUFFER_LIST NetBufferList,
                                        NDIS_PORT_NUMBER PortNumber, ULONG NumberOfNetBufferLists,
                                        ULONG ReceiveFlags);
VOID NdisMIndicateStatusEx(NDIS_HANDLE MiniportAdapterHandle, PNDIS_STATUS_INDICATION StatusIndication);
VOID NdisMOidRequestComplete(NDIS_HANDLE MiniportAdapterHandle, PNDIS_OID_REQUEST OidRequest, NDIS_STATUS Status);
VOID NdisMDirectOidRequestComplete(NDIS_HANDLE MiniportAdapterHandle, PNDIS_OID_REQUEST OidRequest,
                                   NDIS_STATUS Status);
VOID NdisMPauseComplete(NDIS_HANDLE MiniportAdapterHandle);
VOID NdisMRestartComplete(NDIS_HANDLE MiniportAdapterHandle, NDIS_STATUS Status);
VOID NdisMResetComplete(NDIS_HANDLE MiniportAdapterHandle, NDIS_STATUS Status, BOOLEAN AddressingReset);
VOID NdisMGetDeviceProperty(NDIS_HANDLE MiniportAdapterHandle, PDEVICE_OBJECT *PhysicalDeviceObject,
                            PDEVICE_OBJECT *FunctionalDeviceObject, PDEVICE_OBJECT *NextDeviceObject,
                            PCM_RESOURCE_LIST *AllocatedResources, PCM_RESOURCE_LIST *AllocatedResourcesTranslated);
NDIS_STATUS NdisMQueryAdapterInstanceName(PNDIS_STRING pAdapterInstanceName, NDIS_HANDLE NdisAdapterHandle);
NDIS_STATUS NdisMNetPnPEvent(NDIS_HANDLE MiniportAdapterHandle, PNET_PNP_EVENT_NOTIFICATION NetPnPEvent);
NDIS_STATUS NdisMAllocatePort(NDIS_HANDLE NdisMiniportHandle, PNDIS_PORT_CHARACTERISTICS PortCharacteristics);
NDIS_STATUS NdisMFreePort(NDIS_HANDLE NdisMiniportHandle, NDIS_PORT_NUMBER PortNumber);

/* Scatter-gather and shared memory */
NDIS_STATUS NdisMRegisterScatterGatherDma(NDIS_HANDLE MiniportAdapterHandle, PNDIS_SG_DMA_DESCRIPTION DmaDescription,
                                          PNDIS_HANDLE NdisMiniportDmaHandle);
VOID NdisMDeregisterScatterGatherDma(NDIS_HANDLE NdisMiniportDmaHandle);
NDIS_STATUS NdisMAllocateNetBufferSGList(NDIS_HANDLE NdisMiniportDmaHandle, PNET_BUFFER NetBuffer, PVOID Context,
                                         ULONG Flags, PVOID ScatterGatherListBuffer,
                                         ULONG ScatterGatherListBufferSize);
VOID NdisMFreeNetBufferSGList(NDIS_HANDLE NdisMiniportDmaHandle, PSCATTER_GATHER_LIST pSGL, PNET_BUFFER NetBuffer);
VOID NdisMAllocateSharedMemory(NDIS_HANDLE MiniportAdapterHandle, ULONG Length, BOOLEAN Cached, PVOID *VirtualAddress,
                               PNDIS_PHYSICAL_ADDRESS PhysicalAddress);
VOID NdisMFreeSharedMemory(NDIS_HANDLE MiniportAdapterHandle, ULONG Length, BOOLEAN Cached, PVOID VirtualAddress,
                           NDIS_PHYSICAL_ADDRESS PhysicalAddress);

/* Intermediate drivers */
NDIS_STATUS NdisIMInitializeDeviceInstanceEx(NDIS_HANDLE DriverHandle, PNDIS_STRING DriverInstance,
                                             NDIS_HANDLE DeviceContext);
NDIS_STATUS NdisIMDeInitializeDeviceInstance(NDIS_HANDLE NdisMiniportHandle);
NDIS_STATUS NdisIMCancelInitializeDeviceInstance(NDIS_HANDLE DriverHandle, PNDIS_STRING DeviceInstance);
NDIS_HANDLE NdisIMGetBindingContext(NDIS_HANDLE NdisBindingHandle);
VOID NdisIMAssociateMiniport(NDIS_HANDLE DriverHandle, NDIS_HANDLE ProtocolHandle);
NDIS_STATUS NdisIfAddIfStackEntry(NET_IFINDEX HigherLayerIfIndex, NET_IFINDEX LowerLayerIfIndex);
VOID NdisIfDeleteIfStackEntry(NET_IFINDEX HigherLayerIfIndex, NET_IFINDEX LowerLayerIfIndex);

/* Attribute flags */
#define NDIS_MINIPORT_ATTRIBUTES_HARDWARE_DEVICE 0x1
#define NDIS_MINIPORT_ATTRIBUTES_NDIS_WDM 0x2
#define NDIS_MINIPORT_ATTRIBUTES_SURPRISE_REMOVE_OK 0x4
#define NDIS_MINIPORT_ATTRIBUTES_NOT_CO_NDIS 0x8
#define NDIS_MINIPORT_ATTRIBUTES_DO_NOT_BIND_TO_ALL_CO 0x10
#define NDIS_MINIPORT_ATTRIBUTES_NO_HALT_ON_SUSPEND 0x20
#define NDIS_MINIPORT_ATTRIBUTES_BUS_MASTER 0x40
#define NDIS_MINIPORT_ATTRIBUTES_CONTROLS_DEFAULT_PORT 0x80
#define NDIS_MINIPORT_ATTRIBUTES_NO_PAUSE_ON_SUSPEND 0x100
#define NDIS_MINIPORT_ATTRIBUTES_NO_OID_INTERCEPT_ON_NONDEFAULT_PORTS 0x200
#define NDIS_MINIPORT_ATTRIBUTES_REGISTER_BUGCHECK_CALLBACK 0x400

/* Statistics: what is supported, and which members of NDIS_STATISTICS_INFO are valid */
#define NDIS_STATISTICS_XMIT_OK_SUPPORTED 0x1
#define NDIS_STATISTICS_RCV_OK_SUPPORTED 0x2
#define NDIS_STATISTICS_XMIT_ERROR_SUPPORTED 0x4
#define NDIS_STATISTICS_RCV_ERROR_SUPPORTED 0x8
#define NDIS_STATISTICS_RCV_NO_BUFFER_SUPPORTED 0x10
#define NDIS_STATISTICS_DIRECTED_BYTES_XMIT_SUPPORTED 0x20
#define NDIS_STATISTICS_DIRECTED_FRAMES_XMIT_SUPPORTED 0x40
#define NDIS_STATISTICS_MULTICAST_BYTES_XMIT_SUPPORTED 0x80
#define NDIS_STATISTICS_MULTICAST_FRAMES_XMIT_SUPPORTED 0x100
#define NDIS_STATISTICS_BROADCAST_BYTES_XMIT_SUPPORTED 0x200
#define NDIS_STATISTICS_BROADCAST_FRAMES_XMIT_SUPPORTED 0x400
#define NDIS_STATISTICS_DIRECTED_BYTES_RCV_SUPPORTED 0x800
#define NDIS_STATISTICS_DIRECTED_FRAMES_RCV_SUPPORTED 0x1000
#define NDIS_STATISTICS_MULTICAST_BYTES_RCV_SUPPORTED 0x2000
#define NDIS_STATISTICS_MULTICAST_FRAMES_RCV_SUPPORTED 0x4000
#define NDIS_STATISTICS_BROADCAST_BYTES_RCV_SUPPORTED 0x8000
#define NDIS_STATISTICS_BROADCAST_FRAMES_RCV_SUPPORTED 0x10000
#define NDIS_STATISTICS_RCV_CRC_ERROR_SUPPORTED 0x20000
#define NDIS_STATISTICS_TRANSMIT_QUEUE_LENGTH_SUPPORTED 0x40000
#define NDIS_STATISTICS_BYTES_RCV_SUPPORTED 0x80000
#define NDIS_STATISTICS_BYTES_XMIT_SUPPORTED 0x100000
#define NDIS_STATISTICS_RCV_DISCARDS_SUPPORTED 0x200000
#define NDIS_STATISTICS_GEN_STATISTICS_SUPPORTED 0x400000
#define NDIS_STATISTICS_XMIT_DISCARDS_SUPPORTED 0x8000000

#define NDIS_STATISTICS_FLAGS_VALID_DIRECTED_FRAMES_RCV 0x1
#define NDIS_STATISTICS_FLAGS_VALID_MULTICAST_FRAMES_RCV 0x2
#define NDIS_STATISTICS_FLAGS_VALID_BROADCAST_FRAMES_RCV 0x4
#define NDIS_STATISTICS_FLAGS_VALID_BYTES_RCV 0x8
#define NDIS_STATISTICS_FLAGS_VALID_RCV_DISCARDS 0x10
#define NDIS_STATISTICS_FLAGS_VALID_RCV_ERROR 0x20
#define NDIS_STATISTICS_FLAGS_VALID_DIRECTED_FRAMES_XMIT 0x40
#define NDIS_STATISTICS_FLAGS_VALID_MULTICAST_FRAMES_XMIT 0x80
#define NDIS_STATISTICS_FLAGS_VALID_BROADCAST_FRAMES_XMIT 0x100
#define NDIS_STATISTICS_FLAGS_VALID_BYTES_XMIT 0x200
#define NDIS_STATISTICS_FLAGS_VALID_XMIT_ERROR 0x400
#define NDIS_STATISTICS_FLAGS_VALID_XMIT_DISCARDS 0x8000
#define NDIS_STATISTICS_FLAGS_VALID_DIRECTED_BYTES_RCV 0x10000
#define NDIS_STATISTICS_FLAGS_VALID_MULTICAST_BYTES_RCV 0x20000
#define NDIS_STATISTICS_FLAGS_VALID_BROADCAST_BYTES_RCV 0x40000
#define NDIS_STATISTICS_FLAGS_VALID_DIRECTED_BYTES_XMIT 0x80000
#define NDIS_STATISTICS_FLAGS_VALID_MULTICAST_BYTES_XMIT 0x100000
#define NDIS_STATISTICS_FLAGS_VALID_BROADCAST_BYTES_XMIT 0x200000
