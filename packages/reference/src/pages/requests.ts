import type { DdiPages } from "../page.js";
import { FILTER_HANDLE } from "./filter-words.js";

/** OID requests of filters, and the clones that they pass on. */
export const REQUEST_PAGES = {
  NdisFOidRequest: {
    summary: "Sends an OID request down: a clone of one from above, or the filter's own.",
    parameters: {
      NdisFilterHandle: FILTER_HANDLE,
      OidRequest: "The request, with its buffer: never the one that FilterOidRequest got.",
    },
    returns:
      "`NDIS_STATUS_PENDING` when FilterOidRequestComplete gets the request back, or how it ended: `NDIS_STATUS_SUCCESS`, or an error such as `NDIS_STATUS_NOT_SUPPORTED` or `NDIS_STATUS_BUFFER_TOO_SHORT`. `NDIS_STATUS_INVALID_PARAMETER` when type or size of the header are not those of a request.",
    ownership:
      "After `NDIS_STATUS_PENDING` the request and its buffer belong to the drivers below until FilterOidRequestComplete; after any other status they are the filter's again at once. NDIS never frees them.",
    failure: "The request says in `BytesNeeded` what a longer buffer would have to be, where that was the reason.",
    remarks: [
      "It may be called from FilterRestart on until FilterDetach, whether the filter runs or is paused. FilterOidRequestComplete is not called for a request that did not pend, so the filter calls it by itself there or does the same work.",
      "`SourceReserved` of the request is room for the caller: a clone keeps a pointer to its original there.",
    ],
    decisions: [
      "Windows has the adapter answer. Here the answer is always `NDIS_STATUS_PENDING`, and FilterOidRequestComplete gets the request with `NDIS_STATUS_SUCCESS`, at PASSIVE_LEVEL, with nothing written to the buffer or to `BytesWritten`.",
      "Requests complete here when the handler that sent them has returned, whichever it is, and before the next event. A filter that answers each completion with a new request is given some thousand of them after each event; one that still does so while it pauses is reported.",
      "Before FilterAttach has returned, and after FilterDetach, the answer is `NDIS_STATUS_FAILURE`.",
    ],
    rules: ["TIME-WATCHDOG"],
    related: ["NdisAllocateCloneOidRequest", "NdisFOidRequestComplete", "NdisFCancelOidRequest"],
    example: "clone-an-oid-request",
    driverOnly: true,
  },
  NdisFOidRequestComplete: {
    summary: "Ends an OID request to which FilterOidRequest answered NDIS_STATUS_PENDING.",
    parameters: {
      NdisFilterHandle: FILTER_HANDLE,
      OidRequest: "The request that FilterOidRequest got: the original, not its clone.",
      Status: "How it ended: anything but `NDIS_STATUS_PENDING`.",
    },
    ownership: "The request and its buffer belong to the driver above again, and may be gone before the call returns.",
    remarks: [
      "Before the call the filter copies to the original what the clone came back with: bytes written, read and needed. The buffer needs no copy, as both have the same one. Then it frees the clone.",
      "The call may come before FilterOidRequest has returned `NDIS_STATUS_PENDING`, as it does when the clone did not pend. After another status it must not come: that status has ended the request.",
    ],
    decisions: [
      "One request comes from above in each run, which sets `OID_GEN_CURRENT_PACKET_FILTER` once the filter runs. It may stay pending until FilterDetach, and on Windows no longer: then it is reported, as is one that another request was completed in the place of.",
    ],
    rules: ["TIME-WATCHDOG"],
    related: ["NdisFOidRequest", "NdisAllocateCloneOidRequest", "NdisFreeCloneOidRequest"],
    example: "clone-an-oid-request",
    driverOnly: true,
  },
  NdisFCancelOidRequest: {
    summary: "Asks the drivers below to give up OID requests that have an ID.",
    parameters: {
      NdisFilterHandle: FILTER_HANDLE,
      RequestId: "What `RequestId` of the requests that are meant says.",
    },
    ownership:
      "Nothing changes hands: a request that is cancelled still ends in FilterOidRequestComplete, and only there is it the filter's again.",
    remarks: [
      "FilterCancelOidRequest passes on the ID it got. For the drivers below to know it, each clone carries the `RequestId` of its original.",
      "It is a wish: a request that is nearly done may end well, and one that is given up ends with `NDIS_STATUS_REQUEST_ABORTED`.",
    ],
    decisions: [
      "The page of Microsoft speaks of the pointer to the request in its remarks and of a cancel ID at the parameter. The parameter is the ID.",
      "Here every request has completed before it could be cancelled. So the call does nothing, and FilterCancelOidRequest is never called.",
    ],
    related: ["NdisFOidRequest"],
    example: "clone-an-oid-request",
    driverOnly: true,
  },
  NdisAllocateCloneOidRequest: {
    summary: "Makes a copy of an OID request for the way down.",
    parameters: {
      SourceHandle: "The handle of the filter module, or of the binding of an intermediate driver.",
      OidRequest: "The request from above, which stays where it is.",
      PoolTag: "Tag of the memory.",
      ClonedOidRequest: "Receives the copy.",
    },
    returns:
      "`NDIS_STATUS_SUCCESS`, `NDIS_STATUS_RESOURCES` when memory is short, or `NDIS_STATUS_INVALID_PARAMETER` for a handle that is not the module's; on Windows also `NDIS_STATUS_FAILURE`.",
    ownership:
      "The clone is the caller's until `NdisFreeCloneOidRequest`. It shares the buffer of the original, which belongs to the driver above: the filter completes the original only after the clone has come back.",
    failure: "`ClonedOidRequest` receives NULL, and FilterOidRequest returns the status; the original is as it was.",
    remarks: [
      "The original never goes down itself: NDIS keeps account of it while it is above the filter. All that says what is asked is copied, and `SourceReserved` is free for the filter.",
    ],
    decisions: [
      "Documents say that everything is copied. Here the members that are NDIS', the miniport's and the source's begin as zeroes in the clone.",
    ],
    rules: ["MEM-LEAK"],
    related: ["NdisFreeCloneOidRequest", "NdisFOidRequest", "NdisFOidRequestComplete"],
    example: "clone-an-oid-request",
    driverOnly: true,
  },
  NdisFreeCloneOidRequest: {
    summary: "Frees a copy of an OID request.",
    parameters: {
      SourceHandle: "The handle that the copy was made with.",
      Request: "What `NdisAllocateCloneOidRequest` gave out.",
    },
    ownership: "The clone is gone; its original and the buffer they share are as they were.",
    remarks: [
      "It is called when the clone has come back, from FilterOidRequestComplete, and when `NdisFOidRequest` did not pend. What the filter still needs of the clone it copies first.",
    ],
    rules: ["MEM-DFREE", "MEM-BADADDR"],
    related: ["NdisAllocateCloneOidRequest", "NdisFOidRequestComplete"],
    example: "clone-an-oid-request",
    driverOnly: true,
  },
} as const satisfies DdiPages;
