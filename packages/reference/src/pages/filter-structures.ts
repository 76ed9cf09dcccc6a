import type { StructurePages } from "../page.js";

const LOWER_INDEX = "The index of the interface right below: another filter module, or the adapter.";
const LOWER_LUID = "Its NET_LUID.";
const RECEIVED = "It is NDIS's, and its strings and what else it points to as well: valid until the handler returns.";
const SEND = "FilterSendNetBufferLists: lists on their way down.";
const SEND_COMPLETE = "FilterSendNetBufferListsComplete: lists that were sent come back.";
const CANCEL_SEND = "FilterCancelSendNetBufferLists: lists with a cancel id are to be given up.";
const RECEIVE = "FilterReceiveNetBufferLists: lists on their way up.";
const RETURN = "FilterReturnNetBufferLists: lists that were indicated come back.";

/** What a filter driver registers, and what its handlers are told. */
export const FILTER_STRUCTURE_PAGES = {
  NDIS_FILTER_DRIVER_CHARACTERISTICS: {
    summary: "What a filter driver registers: its version, its names and its handlers.",
    members: {
      Header:
        "Type NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS; revision 1 for NDIS 6.0, 2 from NDIS 6.1, 3 from NDIS 6.80, each with its NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_….",
      MajorNdisVersion: "6.",
      MinorNdisVersion: "0, 1, 20, 30, 40, 50 and so on: the version whose rules the driver keeps.",
      MajorDriverVersion: "The driver's own.",
      MinorDriverVersion: "The driver's own.",
      Flags:
        "NDIS_FILTER_DRIVER_MANDATORY for a filter without which the adapter must not run; since NDIS 6.50 two more for filters that bear a change of the MAC address or of the MTU. Else 0.",
      FriendlyName: "For people.",
      UniqueName: "A GUID in braces: the NetCfgInstanceId of the INF file.",
      ServiceName: "The name of the service in the INF file.",
      SetOptionsHandler: "FilterSetOptions: runs once within the registration. Optional.",
      SetFilterModuleOptionsHandler:
        "FilterSetModuleOptions: may exchange handlers of a module that is paused. Optional.",
      AttachHandler: "FilterAttach: a module is put onto an adapter.",
      DetachHandler: "FilterDetach: it is taken off.",
      RestartHandler: "FilterRestart: frames begin.",
      PauseHandler: "FilterPause: frames end.",
      SendNetBufferListsHandler: SEND,
      SendNetBufferListsCompleteHandler: SEND_COMPLETE,
      CancelSendNetBufferListsHandler: CANCEL_SEND,
      ReceiveNetBufferListsHandler: RECEIVE,
      ReturnNetBufferListsHandler: RETURN,
      OidRequestHandler: "FilterOidRequest: a request on its way down.",
      OidRequestCompleteHandler: "FilterOidRequestComplete: a request that the filter sent down comes back.",
      CancelOidRequestHandler: "FilterCancelOidRequest: requests with an id are to be given up.",
      DevicePnPEventNotifyHandler: "FilterDevicePnPEventNotify: an event of the device, on its way down.",
      NetPnPEventHandler: "FilterNetPnPEvent: an event of the network, on its way up.",
      StatusHandler: "FilterStatus: an indication of status, on its way up.",
      DirectOidRequestHandler: "Revision 2. FilterDirectOidRequest: a request that does not wait for others.",
      DirectOidRequestCompleteHandler: "Revision 2. It comes back.",
      CancelDirectOidRequestHandler: "Revision 2. Such requests are to be given up.",
      SynchronousOidRequestHandler:
        "Revision 3. FilterSynchronousOidRequest: a request that is answered within the call.",
      SynchronousOidRequestCompleteHandler: "Revision 3. It is on its way back.",
    },
    ownership: "The driver's; NDIS copies what it needs during `NdisFRegisterFilterDriver`.",
    remarks: [
      "Attach, detach, restart and pause there must be. NULL in any of the others says that NDIS passes the thing by, at no cost: a filter that only looks at received frames leaves all of the send path NULL.",
      "The handlers of one path go together: whoever sends lists of its own needs the handler that gets them back.",
      "Size and revision say how much NDIS reads.",
    ],
    related: ["NdisFRegisterFilterDriver", "NDIS_FILTER_PARTIAL_CHARACTERISTICS", "NDIS_FILTER_ATTRIBUTES"],
    example: "attach-and-detach",
  },
  NDIS_FILTER_PARTIAL_CHARACTERISTICS: {
    summary: "Handlers of the data path that one module has in the place of those its driver registered.",
    members: {
      Header:
        "Type NDIS_OBJECT_TYPE_FILTER_PARTIAL_CHARACTERISTICS, revision 1, NDIS_SIZEOF_FILTER_PARTIAL_CHARACTERISTICS_REVISION_1.",
      Flags: "0.",
      SendNetBufferListsHandler: SEND,
      SendNetBufferListsCompleteHandler: SEND_COMPLETE,
      CancelSendNetBufferListsHandler: CANCEL_SEND,
      ReceiveNetBufferListsHandler: RECEIVE,
      ReturnNetBufferListsHandler: RETURN,
    },
    ownership: "The driver's, read during the call.",
    remarks: [
      "FilterSetModuleOptions gives it to NdisSetOptionalHandlers, and there alone: the module is paused then, so that no list is on its way through a handler that goes. All five take the place of the old ones, NULL as well.",
      "It lets a filter that has nothing to do on an adapter step out of the way of frames, and step in again at a later restart, which it asks for with NdisFRestartFilter.",
    ],
    decisions: [
      "Handlers are not exchanged here yet: FilterSetModuleOptions is not called, and the handlers that were registered stay.",
    ],
    related: ["NDIS_FILTER_DRIVER_CHARACTERISTICS", "NdisFRegisterFilterDriver"],
    example: "step-out-of-the-way",
  },
  NDIS_FILTER_ATTACH_PARAMETERS: {
    summary: "What FilterAttach is told of the adapter and of the module's place above it.",
    members: {
      Header: "Type NDIS_OBJECT_TYPE_FILTER_ATTACH_PARAMETERS, and how much of the rest there is.",
      IfIndex: "The index of the module's own interface.",
      NetLuid: "The NET_LUID of it.",
      FilterModuleGuidName: "The name of the module: that of the adapter, that of the filter, and a number.",
      BaseMiniportIfIndex: "The index of the adapter's interface.",
      BaseMiniportInstanceName: "What people call the adapter.",
      BaseMiniportName: "The name of its device.",
      MediaConnectState: "Whether it is connected now.",
      MediaDuplexState: "Half or full duplex.",
      XmitLinkSpeed: "Bits per second out.",
      RcvLinkSpeed: "Bits per second in.",
      MiniportMediaType: "What the frames look like: NdisMedium802_3 for Ethernet.",
      MiniportPhysicalMediaType: "What they travel through, or NdisPhysicalMediumUnspecified.",
      MiniportMediaSpecificAttributes:
        "More about it, with an `NDIS_OBJECT_HEADER` that says what; NULL where there is none.",
      DefaultOffloadConfiguration:
        "What the adapter does in hardware. A filter that frames with such tasks would trouble takes them out here.",
      MacAddressLength: "Bytes of the next member that count; 6 for Ethernet.",
      CurrentMacAddress: "The address of the adapter now.",
      BaseMiniportNetLuid: "The NET_LUID of the adapter.",
      LowerIfIndex: LOWER_INDEX,
      LowerIfNetLuid: LOWER_LUID,
      Flags: "0.",
      HDSplitCurrentConfig: "Revision 2: how the adapter splits headers from data. NULL where it does not.",
      ReceiveFilterCapabilities: "Revision 3: its receive filters. NULL where it has none.",
      MiniportPhysicalDeviceObject: "Revision 3: the device itself.",
      NicSwitchCapabilities: "Revision 3: the switch in the adapter. NULL where it has none.",
      BaseMiniportIfConnectorPresent: "Revision 4: TRUE for an adapter that a cable can be put into.",
      SriovCapabilities: "Revision 4: functions for virtual machines. NULL where it has none.",
      NicSwitchArray: "Revision 4: the switches that were made. NULL where there are none.",
    },
    ownership: RECEIVED,
    remarks: [
      "A filter looks here before it asks the adapter with an OID request, and FilterAttach can make no requests yet anyway. What it needs later it copies.",
      "MiniportMediaType is the first thing to look at: a filter that reads Ethernet headers refuses other media with NDIS_STATUS_NOT_SUPPORTED. A filter that changes what frames look like writes the new medium into it.",
      "State and speeds are those of the attach. When they change, FilterStatus is told with NDIS_STATUS_LINK_STATE.",
    ],
    related: [
      "NDIS_FILTER_ATTRIBUTES",
      "NDIS_FILTER_RESTART_PARAMETERS",
      "NDIS_MEDIUM",
      "NDIS_PHYSICAL_MEDIUM",
      "NET_LUID",
    ],
    example: "look-at-the-adapter",
  },
  NDIS_FILTER_ATTRIBUTES: {
    summary: "What a filter module says of itself when it has attached: nothing yet but which edition it speaks.",
    members: {
      Header: "Type NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES, revision 1, NDIS_SIZEOF_FILTER_ATTRIBUTES_REVISION_1.",
      Flags: "0.",
    },
    ownership: "The driver's, on the stack of FilterAttach as a rule.",
    related: ["NdisFSetAttributes", "NDIS_FILTER_ATTACH_PARAMETERS"],
    example: "attach-and-detach",
  },
  NDIS_FILTER_PAUSE_PARAMETERS: {
    summary: "What FilterPause is told.",
    members: {
      Header: "Type NDIS_OBJECT_TYPE_FILTER_PAUSE_PARAMETERS, revision 1.",
      Flags: "NDIS's own.",
      PauseReason: "NDIS_PAUSE_… bits that said why; obsolete.",
    },
    ownership: RECEIVED,
    remarks: [
      "A pause is a pause, whatever its reason: the filter starts nothing new, gives back what it holds and waits for what is on its way.",
    ],
    decisions: [
      "Newer documents say that PauseReason is NDIS_PAUSE_NDIS_INTERNAL always. The other reasons are still in the headers, and a run may give the one it has. Nothing may depend on it.",
    ],
    related: ["NdisFPauseComplete", "NDIS_FILTER_RESTART_PARAMETERS"],
    example: "attach-and-detach",
  },
  NDIS_FILTER_RESTART_PARAMETERS: {
    summary: "What FilterRestart is told: the medium, the place in the stack, and what the adapter is set to.",
    members: {
      Header: "Type NDIS_OBJECT_TYPE_FILTER_RESTART_PARAMETERS, revision 1.",
      MiniportMediaType: "As in NDIS_FILTER_ATTACH_PARAMETERS.",
      MiniportPhysicalMediaType: "As in NDIS_FILTER_ATTACH_PARAMETERS.",
      RestartAttributes: "The first of a list of attributes; NULL when nothing has changed since the last restart.",
      LowerIfIndex: LOWER_INDEX,
      LowerIfNetLuid: LOWER_LUID,
      Flags: "0.",
    },
    ownership:
      "It is NDIS's until FilterRestart returns, or where that was pending until `NdisFRestartComplete`. Attributes that a filter adds to the list are NDIS's from then on.",
    remarks: [
      "Between pause and restart another module may have come right below: LowerIfIndex and LowerIfNetLuid may be others than at the attach.",
      "The size of this one edition is spelt with two underscores: NDIS_SIZEOF__FILTER_RESTART_PARAMETERS_REVISION_1.",
    ],
    related: ["NDIS_RESTART_ATTRIBUTES", "NdisFRestartComplete", "NDIS_FILTER_PAUSE_PARAMETERS"],
    example: "look-at-the-adapter",
  },
  NDIS_RESTART_ATTRIBUTES: {
    summary: "One set of attributes in the list that a restart hands up through the stack.",
    members: {
      Next: "The next one, NULL at the end.",
      Oid: "What Data is; OID_GEN_MINIPORT_RESTART_ATTRIBUTES for NDIS_RESTART_GENERAL_ATTRIBUTES.",
      DataLength: "Bytes of Data.",
      Data: "The first of them. Aligned to 8, at offset 16.",
    },
    ownership:
      "The list is NDIS's, which frees it after the restart, with what filters have added. A filter allocates what it adds with `NdisAllocateMemoryWithTagPriority`, and frees neither that nor what it takes off the list.",
    remarks: [
      "A list that is there has general attributes among it. The rest is of the medium.",
      "Each driver from the adapter upwards sees what those below made of it: a filter that makes frames longer takes as much off `MtuSize` for those above. Without a list it changes nothing.",
    ],
    related: ["NDIS_FILTER_RESTART_PARAMETERS", "NDIS_RESTART_GENERAL_ATTRIBUTES"],
    example: "look-at-the-adapter",
  },
  NDIS_RESTART_GENERAL_ATTRIBUTES: {
    summary: "What an adapter can do, as the drivers above are to see it from this restart on.",
    members: {
      Header: "Revision 1 for NDIS 6.0 and 6.1, 2 from NDIS 6.20.",
      MtuSize: "The most bytes in a frame behind the header of the medium; 1500 for Ethernet.",
      MaxXmitLinkSpeed: "The most bits per second out.",
      MaxRcvLinkSpeed: "The most bits per second in.",
      LookaheadSize: "How many bytes of a received frame protocols may look at first; of older days.",
      MacOptions: "NDIS_MAC_OPTION_… bits.",
      SupportedPacketFilters: "NDIS_PACKET_TYPE_… bits: which frames the adapter can be told to receive.",
      MaxMulticastListSize: "How many multicast addresses it can be told.",
      RecvScaleCapabilities: "Receive side scaling; all zeroes behind it where the adapter cannot.",
      AccessType: "How the network is reached.",
      Flags: "NDIS's own.",
      ConnectionType: "How the connection comes about.",
      SupportedStatistics: "NDIS_STATISTICS_… bits: which counters there are.",
      DataBackFillSize: "Bytes in front of a frame's data that senders should leave free for the drivers below.",
      ContextBackFillSize: "The same for the context of a list.",
      SupportedOidList: "The requests it answers.",
      SupportedOidListLength: "Bytes of that list, 4 for each.",
      MaxLookaheadSizeAccessed: "Revision 2: the most bytes of lookahead that a receive queue has to give.",
    },
    ownership: "A part of NDIS_RESTART_ATTRIBUTES.",
    remarks: [
      "Only changes that all above can live with go here: a smaller MTU, fewer filters, more back-fill. A filter that puts a header in front of every frame adds its length to DataBackFillSize, and then finds the room there.",
      "No speed of now is among them; that is what NDIS_STATUS_LINK_STATE is for.",
    ],
    decisions: [
      "The documents call the type of the header NDIS_OBJECT_TYPE_RESTART_GENERIC_ATTRIBUTES, a name that no header has; the headers have NDIS_OBJECT_TYPE_RESTART_GENERAL_ATTRIBUTES (0xA2). A driver goes by `Oid` of the attributes, and not by the type.",
      "Documents promise zeroes behind RecvScaleCapabilities of an adapter that cannot spread its receives. Here the pointer is NULL.",
    ],
    related: ["NDIS_RESTART_ATTRIBUTES", "NET_IF_ACCESS_TYPE", "NET_IF_CONNECTION_TYPE", "NDIS_LINK_STATE"],
    example: "look-at-the-adapter",
  },
} as const satisfies StructurePages;
