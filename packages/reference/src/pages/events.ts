import type { DdiPages } from "../page.js";
import { FILTER_HANDLE } from "./filter-words.js";

/** What a filter tells its neighbours: status and PnP events. */
export const EVENT_PAGES = {
  NdisFIndicateStatus: {
    summary: "Indicates a status up: one from a driver below, or the filter's own.",
    parameters: {
      NdisFilterHandle: FILTER_HANDLE,
      StatusIndication: "What happened, and where; with a buffer of its own, where the status has one.",
    },
    ownership:
      "The indication and its buffer stay the caller's, and are read during the call only. Whoever wants to keep it copies it.",
    remarks: [
      "FilterStatus calls it to pass on what it got, as it is or changed. Without that handler indications go by the filter; with one, those that it does not pass on end there.",
      "A filter may indicate from the moment `NdisFSetAttributes` has returned until FilterDetach returns, paused or not. In an indication of its own, `SourceHandle` is `NdisFilterHandle`.",
    ],
    decisions: [
      "Here no driver above listens: an indication ends at the upper edge. The adapter indicates nothing, and FilterStatus is never called.",
    ],
    related: ["NdisFNetPnPEvent", "NdisFSetAttributes"],
    example: "pass-events-on",
    driverOnly: true,
  },
  NdisFDevicePnPEventNotify: {
    summary: "Passes an event of the device on to the drivers below.",
    parameters: {
      NdisFilterHandle: FILTER_HANDLE,
      NetDevicePnPEvent: "What FilterDevicePnPEventNotify got.",
    },
    ownership: "The event stays NDIS', and is valid until FilterDevicePnPEventNotify returns.",
    remarks: [
      "It is called before FilterDevicePnPEventNotify returns. A filter without that handler needs no call: the event goes by it. One with the handler passes on every event that it does not mean to hide from the miniport, such as a removal or a change of the power profile.",
    ],
    decisions: [
      "The adapter is never stopped or removed here: the call does nothing, and FilterDevicePnPEventNotify is never called.",
    ],
    related: ["NdisFNetPnPEvent"],
    example: "pass-events-on",
    driverOnly: true,
  },
  NdisFNetPnPEvent: {
    summary: "Passes an event of the network on to the drivers above, and says what they think of it.",
    parameters: {
      NdisFilterHandle: FILTER_HANDLE,
      NetPnPEventNotification: "What FilterNetPnPEvent got.",
    },
    returns: "`NDIS_STATUS_SUCCESS`, or `NDIS_STATUS_FAILURE` when a driver above will not have it.",
    ownership: "The event and its buffer stay NDIS', and are valid until FilterNetPnPEvent returns.",
    failure: "FilterNetPnPEvent returns the status it was given.",
    remarks: [
      "It is called before FilterNetPnPEvent returns, and never from within FilterOidRequest. A filter without that handler needs no call.",
    ],
    decisions: [
      "The parameter is the handle of the module, as everywhere. Microsoft's page calls it a handle to the context of the filter.",
      "Nothing above ever refuses here: the answer is `NDIS_STATUS_SUCCESS`, and FilterNetPnPEvent is never called.",
    ],
    related: ["NdisFDevicePnPEventNotify", "NdisFIndicateStatus"],
    example: "pass-events-on",
    driverOnly: true,
  },
} as const satisfies DdiPages;
