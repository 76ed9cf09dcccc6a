import type { DdiPages } from "../page.js";
import { FILTER_HANDLE } from "./filter-words.js";

const PORT =
  "A port of the adapter; `NDIS_DEFAULT_PORT_NUMBER` is the one that every adapter has. Nothing depends on it here.";

/** Rules of every call that gives lists out of the driver's hands. */
const LISTS_LEAVE = [
  "NBL-NOTPOOL",
  "NBL-FLAGS",
  "NBL-FLAGMASK",
  "NBL-SRCHANDLE",
  "LIST-CYCLE",
  "CHAIN-CYCLE",
  "NB-NOTPOOL",
  "NB-NULLCHAIN",
  "NB-CURMDL",
  "NB-RANGE",
] as const;

export const FILTER_PAGES = {
  NdisFRegisterFilterDriver: {
    summary: "Makes a driver a filter: NDIS learns its handlers and may attach it to adapters from then on.",
    parameters: {
      DriverObject: "What DriverEntry was given.",
      FilterDriverContext: "Anything of the driver's; NDIS hands it to FilterAttach and to FilterSetOptions.",
      FilterDriverCharacteristics: "Version, names and handlers of the filter.",
      NdisFilterDriverHandle: "Receives the handle of the driver, which is not the handle of any of its modules.",
    },
    returns:
      "`NDIS_STATUS_SUCCESS`; `NDIS_STATUS_BAD_VERSION` when `MajorNdisVersion` is not 6; `NDIS_STATUS_BAD_CHARACTERISTICS` when the header is of another type or one of FilterAttach, FilterDetach, FilterRestart and FilterPause is missing; `NDIS_STATUS_RESOURCES` when memory is short; or what FilterSetOptions answered.",
    ownership:
      "The characteristics and their names stay the caller's; NDIS keeps a copy, so that they may lie on the stack. The handle is the caller's until `NdisFDeregisterFilterDriver`.",
    failure: "Nothing is registered and no handle is written, and DriverEntry returns the status.",
    remarks: [
      "It is called from DriverEntry, and last: any handler may be called before it returns, so whatever a handler needs must be there.",
      "A handler that is NULL is passed by: without FilterReceiveNetBufferLists received lists go by the filter, and so do sends, requests and completions, each for itself. A driver that passes lists on with changes wants the handler of the way back too, or it cannot undo them.",
      "FilterSetOptions runs within the call and gets the handle as its parameter; the variable is written only when it has succeeded.",
      "`Header.Size` says how many handlers are read: revision 2 ends with the direct OID requests, revision 3 with the synchronous ones.",
    ],
    decisions: [
      "Windows also checks the names and the rest of the header. Here the type of the header, the major version and the four handlers count.",
      "Windows attaches the filter when an adapter comes, which can be during the call. Here the one adapter comes when DriverEntry has returned.",
      "Documents do not say whether a driver whose FilterSetOptions fails is registered. Here it is not: the status is passed on, and no handle is written.",
      "A driver may register several filters. Here the first of those that are registered is attached.",
    ],
    rules: ["MEM-LEAK"],
    related: ["NdisFDeregisterFilterDriver", "NdisFSetAttributes", "NdisRegisterDeviceEx"],
    example: "attach-and-detach",
    driverOnly: true,
  },
  NdisFDeregisterFilterDriver: {
    summary: "Ends the registration of a filter driver.",
    parameters: {
      NdisFilterDriverHandle: "What `NdisFRegisterFilterDriver` gave out.",
    },
    ownership:
      "The handle is no longer valid. On Windows modules that are still attached are paused and detached first.",
    remarks: [
      "It is called from DriverUnload, and from DriverEntry when something fails after the registration. No handler runs after it has returned.",
      "What the handlers used can be freed only now, since a handler may run until then.",
    ],
    decisions: [
      "Each run has paused and detached its module before DriverUnload. A handler of the module must not make the call, which on Windows would wait for that handler; here it ends the registration only, and the module stays until the end of the run.",
    ],
    rules: ["MEM-DFREE", "MEM-BADADDR"],
    related: ["NdisFRegisterFilterDriver", "NdisDeregisterDeviceEx"],
    example: "attach-and-detach",
    driverOnly: true,
  },
  NdisFSetAttributes: {
    summary: "Says which context NDIS hands to the handlers of a filter module.",
    parameters: {
      NdisFilterHandle: "The handle that FilterAttach was given.",
      FilterModuleContext: "Anything of the driver's: its memory of this module.",
      FilterAttributes: "Header and flags; no flags are defined but those of NDIS.",
    },
    returns: "`NDIS_STATUS_SUCCESS`; on Windows `NDIS_STATUS_RESOURCES` or `NDIS_STATUS_FAILURE` too.",
    ownership:
      "The context stays the driver's, and NDIS never looks into it: it is freed in FilterDetach. The attributes are read during the call.",
    failure:
      "The module has no context, and FilterAttach frees what it allocated and returns the status: a failed attach has no FilterDetach.",
    remarks: [
      "It is called from FilterAttach, once for each module. A driver with nothing to remember may give the handle itself as the context.",
      "Status indications may be made from the moment it returns; frames and OID requests have to wait for FilterRestart.",
    ],
    decisions: ["Neither the handle nor the attributes are looked at here, and the call never fails."],
    related: ["NdisFRegisterFilterDriver", "NdisFIndicateStatus"],
    example: "attach-and-detach",
    driverOnly: true,
  },
  NdisFSendNetBufferLists: {
    summary: "Sends NET_BUFFER_LISTs down: those a driver above sent, or the filter's own.",
    parameters: {
      NdisFilterHandle: FILTER_HANDLE,
      NetBufferList: "The first of the lists, linked by `Next`.",
      PortNumber: PORT,
      SendFlags:
        "`NDIS_SEND_FLAGS_DISPATCH_LEVEL` when the caller is surely at that level, `NDIS_SEND_FLAGS_CHECK_FOR_LOOPBACK` when the frames are to be received as well. Of lists from above the flags that FilterSendNetBufferLists got.",
    },
    ownership:
      "The lists, their NET_BUFFERs, MDLs and data belong to the drivers below until FilterSendNetBufferListsComplete hands them back. Until then the filter reads and writes nothing of them, not even `Next`.",
    failure: "There is no status here. How each list fared is in its `Status` when it comes back.",
    remarks: [
      "The filter sets `SourceHandle` of a list of its own to `NdisFilterHandle`, by which NDIS knows where to stop on the way back; in lists of others it leaves the member alone. It also is how FilterSendNetBufferListsComplete tells its own lists, which it frees, from those of others, which it completes with `NdisFSendNetBufferListsComplete`. Both kinds can come in one chain, and lists that were sent in several calls too.",
      "A filter that sends registers FilterSendNetBufferListsComplete. It starts frames of its own only while it runs, and a pause waits until the last of them is back.",
    ],
    decisions: [
      "Port and flags have no effect: there is one port, and nothing is looped back.",
      "Lists never complete during the call, on Windows they can. Here the drivers below complete them after the handler that sent them has returned, and always with `NDIS_STATUS_SUCCESS`.",
      "Frames come out at the far side when the run's direction is send. With receive as the direction, lists sent down complete and their frames go nowhere.",
      "A filter without FilterSendNetBufferListsComplete must not call it. Here lists from above complete by themselves then, and lists of its own are reported as NBL-DCOMPLETE.",
    ],
    rules: [...LISTS_LEAVE, "NBL-OWNER", "NB-PHYS", "NBL-DCOMPLETE", "RET-ALLOC"],
    related: ["NdisFSendNetBufferListsComplete", "NdisFCancelSendNetBufferLists", "NdisAllocateNetBufferList"],
    example: "send-a-frame-of-ones-own",
    driverOnly: true,
  },
  NdisFSendNetBufferListsComplete: {
    summary: "Gives NET_BUFFER_LISTs that a driver above sent back to it, with what became of them.",
    parameters: {
      NdisFilterHandle: FILTER_HANDLE,
      NetBufferList: "The first of the lists, linked by `Next`; each says in `Status` what became of it.",
      SendCompleteFlags:
        "`NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL` when the caller is surely at that level. From FilterSendNetBufferListsComplete the flags that it got.",
    },
    ownership:
      "The lists and all that hangs on them belong to the driver above again, and may be freed before the call returns.",
    remarks: [
      "It ends a send that went down and came back, and also one that the filter swallowed: then the filter sets `Status` itself. Order does not matter; chains may be split and joined.",
      "Everything the filter did to a list is undone before: each NET_BUFFER has the data start it came with, and context that the filter added is off again. The NET_BUFFERs on a list stay as they are.",
      "A list of the filter's own ends in the filter: it is freed, never completed.",
    ],
    decisions: [
      "The flags have no effect here.",
      "Documents name some statuses that a send may end with. Here every failure that has a name will do.",
    ],
    rules: [...LISTS_LEAVE, "NBL-DCOMPLETE", "NBL-STATUS", "NBL-CTXLEFT", "RET-UNBAL", "NBL-CHILD", "NBL-REFNEG"],
    related: ["NdisFSendNetBufferLists", "NdisFReturnNetBufferLists"],
    example: "send-a-frame-of-ones-own",
    driverOnly: true,
  },
  NdisFIndicateReceiveNetBufferLists: {
    summary: "Indicates received NET_BUFFER_LISTs up: those a driver below indicated, or the filter's own.",
    parameters: {
      NdisFilterHandle: FILTER_HANDLE,
      NetBufferLists: "The first of the lists, linked by `Next`; each has one NET_BUFFER.",
      PortNumber: PORT,
      NumberOfNetBufferLists: "How many lists they are.",
      ReceiveFlags:
        "`NDIS_RECEIVE_FLAGS_RESOURCES` only lends the lists, `NDIS_RECEIVE_FLAGS_DISPATCH_LEVEL` tells the level; others tell what all the frames have in common. Of lists from below the flags that FilterReceiveNetBufferLists got.",
    },
    ownership:
      "The lists and all that hangs on them belong to the drivers above until FilterReturnNetBufferLists hands them back. With `NDIS_RECEIVE_FLAGS_RESOURCES` they are the filter's again as soon as the call returns, and no handler is called for them.",
    remarks: [
      "A filter may also indicate lists of its own, for which it sets `SourceHandle` to `NdisFilterHandle`; when they come back it frees them in FilterReturnNetBufferLists instead of returning them.",
      "The flag works both ways. Lists that FilterReceiveNetBufferLists got with it are lent to the filter too: it passes them on with the flag, keeps none, and returns none. Whatever it wants later it copies. It may also set the flag for lists that came without, and so have them back at once, at the price of a copy above.",
      "A filter that splits a chain counts again: the number belongs to the lists of this call.",
    ],
    decisions: [
      "Port, number and the other flags have no effect here, and the number is not compared with the lists.",
      "Frames come out at the far side when the run's direction is receive. With send as the direction, lists indicated up come back and their frames go nowhere.",
      "The adapter below always gives its lists away: FilterReceiveNetBufferLists never gets `NDIS_RECEIVE_FLAGS_RESOURCES` here.",
      "Lists never come back during the call, on Windows they can. Here they do after the handler that indicated them has returned.",
    ],
    rules: [...LISTS_LEAVE, "NBL-RXMULTI", "NBL-OWNER", "NB-PHYS"],
    related: ["NdisFReturnNetBufferLists", "NdisFSendNetBufferLists"],
    example: "pass-frames-up",
    driverOnly: true,
  },
  NdisFReturnNetBufferLists: {
    summary: "Returns NET_BUFFER_LISTs that a driver below indicated to it.",
    parameters: {
      NdisFilterHandle: FILTER_HANDLE,
      NetBufferLists: "The first of the lists, linked by `Next`; they may come from several indications.",
      ReturnFlags:
        "`NDIS_RETURN_FLAGS_DISPATCH_LEVEL` when the caller is surely at that level. From FilterReturnNetBufferLists the flags that it got.",
    },
    ownership: "The lists and all that hangs on them belong to the driver below again, which uses them anew at once.",
    remarks: [
      "It ends a receive that went up and came back, and also one that the filter drops: then it is called from FilterReceiveNetBufferLists or at any time later, but before the pause is over.",
      "Everything the filter did to a list is undone before: each NET_BUFFER has the data start it came with, and context that the filter added is off again.",
      "Lists that came with `NDIS_RECEIVE_FLAGS_RESOURCES` are never returned; the driver below takes them back when FilterReceiveNetBufferLists is done. Nor are lists of the filter's own, which it frees.",
    ],
    decisions: ["The flags have no effect here."],
    rules: [...LISTS_LEAVE, "NBL-DCOMPLETE", "NBL-CTXLEFT", "RET-UNBAL", "NBL-CHILD", "NBL-REFNEG"],
    related: ["NdisFIndicateReceiveNetBufferLists", "NdisFSendNetBufferListsComplete"],
    example: "pass-frames-up",
    driverOnly: true,
  },
  NdisFCancelSendNetBufferLists: {
    summary: "Asks the drivers below to give up sends that have a cancel ID.",
    parameters: {
      NdisFilterHandle: FILTER_HANDLE,
      CancelId: "What `NDIS_SET_NET_BUFFER_LIST_CANCEL_ID` wrote into the lists that are meant.",
    },
    ownership:
      "Nothing changes hands: a list that is cancelled comes back through FilterSendNetBufferListsComplete like any other, with the status `NDIS_STATUS_SEND_ABORTED`.",
    remarks: [
      "FilterCancelSendNetBufferLists first completes those lists of this ID that the filter itself holds back, and then passes the ID on. A filter that queues no sends needs neither the handler nor the call.",
      "It is a wish. A list whose frame is already on the wire completes as sent.",
    ],
    decisions: [
      "Here every send has completed before a driver above could cancel it. So the call does nothing, and FilterCancelSendNetBufferLists is never called.",
    ],
    related: ["NDIS_SET_NET_BUFFER_LIST_CANCEL_ID", "NdisGeneratePartialCancelId", "NdisFSendNetBufferLists"],
    example: "send-a-frame-of-ones-own",
    driverOnly: true,
  },
  NdisFPauseComplete: {
    summary: "Ends a pause to which FilterPause answered NDIS_STATUS_PENDING.",
    parameters: { NdisFilterHandle: FILTER_HANDLE },
    ownership: "From then on the filter has no list of another driver, and none of its own is on its way.",
    remarks: [
      "A pause cannot fail, but it can take its time: until the filter has given back what it held, and the frames it sent or indicated itself have come back. The last of them calls this function, wherever it arrives.",
      "OID requests and status indications go on while the filter pauses and when it is paused.",
      "The call may come before FilterPause has returned `NDIS_STATUS_PENDING`. After `NDIS_STATUS_SUCCESS` it must not come at all.",
    ],
    decisions: ["A call when no pause is under way does nothing here."],
    rules: ["TIME-WATCHDOG"],
    related: ["NdisFRestartComplete", "NdisFReturnNetBufferLists", "NdisFSendNetBufferListsComplete"],
    example: "restart-and-pause-later",
    driverOnly: true,
  },
  NdisFRestartComplete: {
    summary: "Ends a restart to which FilterRestart answered NDIS_STATUS_PENDING.",
    parameters: {
      NdisFilterHandle: FILTER_HANDLE,
      Status: "`NDIS_STATUS_SUCCESS`, `NDIS_STATUS_RESOURCES` or `NDIS_STATUS_FAILURE`.",
    },
    ownership:
      "The restart parameters are NDIS' again, with whatever is on their list of attributes: nodes that the filter allocated and put there are freed by NDIS.",
    failure:
      "With another status than success the filter stays paused and no frame reaches it. Here the run ends, and says so.",
    remarks: [
      "A filter needs it when the restart waits for something, mostly for the answer to an OID request. It takes sends from the moment it calls this function.",
      "It is documented for PASSIVE_LEVEL alone, and an OID request can complete at DISPATCH_LEVEL: a filter that cannot be sure leaves the call to a work item.",
    ],
    decisions: [
      "A restart that stays pending is not waited for: when nothing is on its way any more the run ends and says so.",
    ],
    related: ["NdisFPauseComplete", "NdisFOidRequest"],
    example: "restart-and-pause-later",
    driverOnly: true,
  },
} as const satisfies DdiPages;
