import type { DdiPages } from "../page.js";

/** Rules for a NET_BUFFER that is none, is another's, or whose members contradict each other. */
const OF_A_NET_BUFFER = ["NB-NOTPOOL", "NBL-OWNER", "NB-CURMDL", "NB-RANGE", "CHAIN-CYCLE", "MDL-INUSE"] as const;
const OF_A_LIST = ["NBL-NOTPOOL", "LIST-CYCLE", ...OF_A_NET_BUFFER] as const;

const DELTA_MORE = "Bytes to add in front of the used data.";
const DELTA_LESS = "Bytes to take off the front of the used data: at most as many as there are.";
const BACK_FILL =
  "Unused bytes in front of those, for headers still to come. It counts only when an MDL has to be made.";
const ALLOCATE =
  "A NET_BUFFER_ALLOCATE_MDL of the driver, which makes an MDL and the memory that it describes. NULL leaves both to NDIS.";
const FREE_MDL =
  "TRUE to have MDLs freed that earlier retreats put in front and that no longer have a used byte. FALSE keeps them as unused data for the next retreat.";
const FREE =
  "A NET_BUFFER_FREE_MDL of the driver, which undoes its allocate handler. It gets only MDLs of that handler; NULL when there are none.";

export const DATA_START_PAGES = {
  NdisRetreatNetBufferDataStart: {
    summary: "Moves the start of the used data of a NET_BUFFER towards the front, to make room for a header.",
    parameters: {
      NetBuffer: "The NET_BUFFER, which the caller has at the time.",
      DataOffsetDelta: DELTA_MORE,
      DataBackFill: BACK_FILL,
      AllocateMdlHandler: ALLOCATE,
    },
    returns:
      "`NDIS_STATUS_SUCCESS`; `NDIS_STATUS_RESOURCES` when NDIS has no memory or the handler returned NULL; `NDIS_STATUS_FAILURE` when a length would not fit 32 bits or the handler's MDL is too short.",
    ownership:
      "An MDL that NDIS put in front stays NDIS' own, one of the handler stays the driver's. `NdisAdvanceNetBufferDataStart` with FreeMdl TRUE takes either off again; one that is still there when the NET_BUFFER is freed goes with it if it is NDIS', and is lost if it is the handler's.",
    failure:
      "The NET_BUFFER is as it was. A handler's MDL that was too short is given back to nobody: NDIS knows no handler to free it with.",
    drawing: [
      "DataOffset 20, retreat by 14: no MDL is made",
      "",
      "  ├──── 20 unused ────┼──────── used ────────┤",
      "  ├─ 6 ─┼─ 14 header ─┼──────── used ────────┤",
      "",
      "then a retreat by 24 with a DataBackFill of 8: a new MDL of 24 + 8 bytes",
      "",
      "  new MDL, 32 bytes               the chain so far",
      "  ├─ 14 unused ─┼── 18 header ──┤─ 6 header ─┼─────── used ───────┤",
    ],
    remarks: [
      "As long as DataOffset is at least DataOffsetDelta, nothing is allocated: DataOffset shrinks, DataLength grows, and CurrentMdl with CurrentMdlOffset follow, into an earlier MDL if need be. That is the way to have it: a driver that makes its own NET_BUFFERs starts them with a DataOffset as large as all headers below it, and one hint of the verifier, RET-ALLOC, is for those that do not.",
      "The bytes in front are not cleared. They are what lay there before.",
      "The new bytes need not be contiguous. When they lie across MDLs, `NdisGetDataBuffer` without a Storage gives NULL, and what is written to a Storage does not reach the frame. Write such a header piece by piece, as the example does, or build it elsewhere and copy it.",
      "The handler is called as `PMDL Handler(PULONG BufferSize)`, with DataOffsetDelta + DataBackFill in `*BufferSize`, at the IRQL of the caller. Its MDL may be longer; what counts is its ByteCount, and what is too much becomes unused data. Its Next is overwritten.",
      "Whoever retreated advances by as many bytes before the NET_BUFFER goes back to where it came from: after a retreat on the way down in the send completion, after one on the way up before the list is returned.",
    ],
    decisions: [
      "Documents say what happens when DataOffset is greater than DataOffsetDelta, and when it is smaller. Here equality needs no MDL.",
      "Documents have NDIS allocate DataBackFill in addition to DataOffsetDelta, and do not say what becomes of unused data that is there but too short. Here the MDL has DataOffsetDelta + DataBackFill bytes, the old unused data becomes used, and the header lies in both. Other implementations make the MDL only as long as what is missing.",
      "`NDIS_STATUS_FAILURE` is documented for reasons other than memory, and none is named. Here those are the two above.",
      "Documents call BufferSize an input; its annotation lets the handler write it. What a handler leaves there is not looked at.",
      "A DataOffsetDelta of 0 succeeds even without an MDL chain, and brings CurrentMdl into the form that `NdisAdjustNetBufferCurrentMdl` gives it.",
    ],
    rules: [...OF_A_NET_BUFFER, "RET-OVERFLOW", "RET-SHORTMDL", "RET-ALLOC", "RET-UNBAL", "NB-FOREIGNMDL"],
    related: [
      "NdisAdvanceNetBufferDataStart",
      "NdisRetreatNetBufferListDataStart",
      "NdisGetDataBuffer",
      "NET_BUFFER_DATA_OFFSET",
    ],
    example: "data-start-headers-of-a-frame",
  },
  NdisRetreatNetBufferListDataStart: {
    summary: "Makes room for a header in front of the used data of every NET_BUFFER on a list, or of none.",
    parameters: {
      NetBufferList: "The list. Those behind it, by Next, are left alone.",
      DataOffsetDelta: DELTA_MORE,
      DataBackFill: BACK_FILL,
      AllocateMdlHandler: ALLOCATE,
      FreeMdlHandler:
        "A NET_BUFFER_FREE_MDL of the driver: it gets the MDLs of the allocate handler back when a later NET_BUFFER fails.",
    },
    returns:
      "`NDIS_STATUS_SUCCESS` when all were retreated, or else what `NdisRetreatNetBufferDataStart` returned for the first that could not be.",
    ownership: "As for `NdisRetreatNetBufferDataStart`.",
    failure:
      "Every NET_BUFFER has the used data that it had. MDLs that this call had already put in front are freed, NDIS' own by NDIS and the driver's by FreeMdlHandler; without that handler the driver's stay in front as unused data. MDLs of earlier retreats stay.",
    remarks: [
      "The same as a retreat of each NET_BUFFER, each by as many bytes: some may have the room, and others get an MDL. A list without NET_BUFFERs succeeds.",
      "The allocate handler is called once for each NET_BUFFER that needs an MDL.",
    ],
    decisions: [
      "No document says what becomes of the NET_BUFFERs that were done when a later one fails. Since the function takes a free handler, which it could not need otherwise, it is all or nothing here.",
    ],
    rules: [...OF_A_LIST, "RET-OVERFLOW", "RET-SHORTMDL", "RET-ALLOC", "RET-UNBAL", "NB-FOREIGNMDL"],
    related: ["NdisAdvanceNetBufferListDataStart", "NdisRetreatNetBufferDataStart"],
    example: "data-start-headers-of-a-list",
  },
  NdisAdvanceNetBufferDataStart: {
    summary: "Moves the start of the used data of a NET_BUFFER towards the end: past a header, or back where it was.",
    parameters: {
      NetBuffer: "The NET_BUFFER, which the caller has at the time.",
      DataOffsetDelta: DELTA_LESS,
      FreeMdl: FREE_MDL,
      FreeMdlHandler: FREE,
    },
    ownership:
      "Only MDLs that a retreat made are ever freed: NDIS frees its own together with their memory, and hands the driver's to FreeMdlHandler, unlinked, once it is done with them. MDLs that the NET_BUFFER was made with stay in the chain.",
    drawing: [
      "  ├─ unused ─┼──────────────── used ────────────────┤",
      "  ├─ unused ─┴── DataOffsetDelta ──┼───── used ─────┤",
    ],
    remarks: [
      "DataOffset grows, DataLength shrinks, and CurrentMdl with CurrentMdlOffset follow into the MDL that has the first used byte now. No byte moves.",
      "It has two uses. A driver that went down with a frame takes its own header off again in the send completion, with FreeMdl TRUE, since its retreat may have needed an MDL. A driver that a frame comes up through skips headers with FreeMdl FALSE: the MDLs there belong to the driver below, which has to find the chain as it was. It retreats by the same number before it returns the list.",
      "An MDL is freed when a retreat of this NET_BUFFER made it, when it is the head of the chain, and when no used byte lies in it. An advance by less than the retreat leaves it; so does an MDL that the driver put in front of it. As many as are unused go at once, whichever calls made them.",
      "With FreeMdl FALSE an unused MDL stays, and the next retreat finds its room.",
    ],
    decisions: [
      "The page of this function also says, without naming FreeMdl, that memory of a retreat is freed; its sister for lists requires FreeMdl to be TRUE. Here FreeMdl decides.",
      "Documents do not say how NDIS tells the MDLs it may free. Here every retreat that makes one is remembered with the NET_BUFFER, and with it whose handler made it.",
      "What a DataOffsetDelta beyond DataLength does is not documented. Here nothing happens, which is a mistake of the driver all the same: ADV-PASTEND.",
      "An MDL of an allocate handler without a FreeMdlHandler to give it to stays in the chain, and ADV-HANDLER tells of it.",
    ],
    rules: [...OF_A_NET_BUFFER, "ADV-PASTEND", "ADV-HANDLER", "ADV-RXFREE", "RET-UNBAL"],
    related: ["NdisRetreatNetBufferDataStart", "NdisAdvanceNetBufferListDataStart", "NdisGetDataBuffer"],
    example: "data-start-headers-of-a-frame",
  },
  NdisAdvanceNetBufferListDataStart: {
    summary: "Moves the start of the used data of every NET_BUFFER on a list towards the end.",
    parameters: {
      NetBufferList: "The list. Those behind it, by Next, are left alone.",
      DataOffsetDelta: DELTA_LESS,
      FreeMdl: FREE_MDL,
      FreeMdlHandler: FREE,
    },
    ownership: "As for `NdisAdvanceNetBufferDataStart`.",
    remarks: [
      "The same as an advance of each NET_BUFFER. It undoes a retreat of the list, and as well those of its NET_BUFFERs one by one.",
      "A NET_BUFFER that has less data than DataOffsetDelta is left as it is, and the others are advanced: ADV-PASTEND tells of each.",
    ],
    rules: [...OF_A_LIST, "ADV-PASTEND", "ADV-HANDLER", "ADV-RXFREE", "RET-UNBAL"],
    related: ["NdisRetreatNetBufferListDataStart", "NdisAdvanceNetBufferDataStart"],
    example: "data-start-headers-of-a-list",
  },
  NdisAdjustNetBufferCurrentMdl: {
    summary: "Finds CurrentMdl and CurrentMdlOffset of a NET_BUFFER anew, from MdlChain and DataOffset.",
    parameters: { NetBuffer: "The NET_BUFFER, which the caller has at the time." },
    ownership: "Nothing changes hands.",
    drawing: [
      "  MdlChain ─▶ MDL, 10 bytes ─▶ MDL, 20 bytes ─▶ MDL, 30 bytes",
      "",
      "  DataOffset   9   first MDL,  9",
      "              10   second MDL, 0    a boundary is the next MDL's",
      "              59   third MDL, 29",
      "              60   third MDL, 30    behind the last byte: the last MDL",
    ],
    remarks: [
      "Four members say where the data starts, and two of them follow from the others. Whoever assigns MdlChain or DataOffset, to reuse a NET_BUFFER with another chain or to put an MDL in front, calls this next; the functions that move the start do it themselves.",
      "DataLength plays no part: it may be assigned before or after.",
      "It works at any IRQL, and neither allocates nor looks at the data.",
    ],
    decisions: [
      "Documents do not say where a DataOffset on the boundary of two MDLs leads. Here it is the start of the next MDL that has bytes, and every function takes the other form, the end of the MDL before, as well.",
      "A DataOffset behind the end of the chain is not documented either. Here CurrentMdl is the last MDL, CurrentMdlOffset is beyond its length, and NB-RANGE says so. Without a chain CurrentMdl is NULL.",
    ],
    rules: ["NB-NOTPOOL", "NBL-OWNER", "NB-RANGE", "CHAIN-CYCLE", "MDL-INUSE"],
    related: [
      "NET_BUFFER_DATA_OFFSET",
      "NET_BUFFER_FIRST_MDL",
      "NET_BUFFER_CURRENT_MDL",
      "NET_BUFFER_CURRENT_MDL_OFFSET",
      "NdisAdvanceNetBufferDataStart",
    ],
    example: "data-start-of-another-chain",
  },
} as const satisfies DdiPages;
