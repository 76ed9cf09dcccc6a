import type { DdiPages } from "../page.js";

const NOTHING = "Nothing changes hands.";
const ONE = { _NBL: "The NET_BUFFER_LIST.", _F: "A flag, or several of them." } as const;
const ALL = { _NBL: "The NET_BUFFER_LIST.", _F: "The flags, put together with `|`." } as const;
const PROTOCOLS = {
  _NBL: "The NET_BUFFER_LIST.",
  _F: "Bits within NBL_PROT_RSVD_FLAGS; others count for nothing.",
} as const;
const NO_PAGE = "The macro has no page. It does what headers say and samples use it for.";
const OWN_BITS =
  "Bits beyond the mask of the driver's role are others': the page of `NET_BUFFER_LIST_FLAGS` has the masks.";

export const NET_BUFFER_LIST_FLAG_PAGES = {
  NdisTestNblFlag: {
    summary: "Tells whether a flag of NblFlags is set.",
    parameters: ONE,
    returns: "TRUE when it is; of several flags, when any of them is.",
    ownership: NOTHING,
    remarks: ["The value is TRUE or FALSE, not the bits themselves. For several flags at once see `NdisTestNblFlags`."],
    related: ["NdisTestNblFlags", "NET_BUFFER_LIST_NBL_FLAGS"],
    example: "nbl-what-frames-are",
  },
  NdisTestNblFlags: {
    summary: "Tells whether all of several flags of NblFlags are set.",
    parameters: ALL,
    returns: "TRUE when all of them are, and when none is asked for.",
    ownership: NOTHING,
    remarks: ["C evaluates the flags twice, so they are better constants."],
    related: ["NdisTestNblFlag", "NET_BUFFER_LIST_NBL_FLAGS"],
    example: "nbl-what-frames-are",
  },
  NdisSetNblFlag: {
    summary: "Sets flags of NblFlags, and leaves the others as they are.",
    parameters: ONE,
    ownership: NOTHING,
    remarks: [
      "IS_IPV4 and IS_IPV6 exclude each other, and so do IS_TCP and IS_UDP, which also need one of the first two. A flag speaks of every frame of the list, so that it is set when the last one is known.",
    ],
    rules: ["NBL-FLAGS"],
    related: ["NdisClearNblFlag", "NdisTestNblFlag"],
    example: "nbl-what-frames-are",
  },
  NdisClearNblFlag: {
    summary: "Clears flags of NblFlags, and leaves the others as they are.",
    parameters: ONE,
    ownership: NOTHING,
    remarks: ["To clear IS_IPV4 or IS_IPV6 leaves IS_TCP and IS_UDP without what they need; they are cleared with it."],
    rules: ["NBL-FLAGS"],
    related: ["NdisSetNblFlag", "NdisTestNblFlag"],
    example: "nbl-what-frames-are",
  },
  NBL_TEST_FLAG: {
    summary: "Tells whether a bit of Flags is set.",
    parameters: ONE,
    returns: "TRUE when it is; of several, when any of them is.",
    ownership: NOTHING,
    remarks: ["Flags is the word that is shared out by role; the frames' own are tested with `NdisTestNblFlag`."],
    decisions: [NO_PAGE],
    related: ["NBL_TEST_FLAGS", "NBL_TEST_PROT_RSVD_FLAG", "NET_BUFFER_LIST_FLAGS"],
    example: "nbl-notes-in-flags",
  },
  NBL_TEST_FLAGS: {
    summary: "Tells whether all of several bits of Flags are set.",
    parameters: ALL,
    returns: "TRUE when all of them are, and when none is asked for.",
    ownership: NOTHING,
    remarks: ["C evaluates the bits twice, so they are better constants."],
    decisions: [NO_PAGE],
    related: ["NBL_TEST_FLAG", "NET_BUFFER_LIST_FLAGS"],
    example: "nbl-notes-in-flags",
  },
  NBL_SET_FLAG: {
    summary: "Sets bits of Flags, and leaves the others as they are.",
    parameters: ONE,
    ownership: NOTHING,
    remarks: [OWN_BITS],
    decisions: [NO_PAGE],
    rules: ["NBL-FLAGMASK"],
    related: ["NBL_CLEAR_FLAG", "NBL_SET_PROT_RSVD_FLAG", "NET_BUFFER_LIST_FLAGS"],
    example: "nbl-notes-in-flags",
  },
  NBL_CLEAR_FLAG: {
    summary: "Clears bits of Flags, and leaves the others as they are.",
    parameters: ONE,
    ownership: NOTHING,
    remarks: [OWN_BITS],
    decisions: [NO_PAGE],
    rules: ["NBL-FLAGMASK"],
    related: ["NBL_SET_FLAG", "NET_BUFFER_LIST_FLAGS"],
    example: "nbl-notes-in-flags",
  },
  NBL_TEST_PROT_RSVD_FLAG: {
    summary: "Tells whether a bit of Flags that belongs to protocols is set.",
    parameters: PROTOCOLS,
    returns: "TRUE when it is; of several, when any of them is; FALSE for bits that are no protocol's.",
    ownership: NOTHING,
    remarks: ["With a bit of its own a protocol tells the lists it allocated from those that it was given."],
    decisions: [NO_PAGE],
    related: ["NBL_SET_PROT_RSVD_FLAG", "NBL_TEST_FLAG", "NET_BUFFER_LIST_FLAGS"],
    example: "nbl-notes-in-flags",
  },
  NBL_SET_PROT_RSVD_FLAG: {
    summary: "Sets bits of Flags that belong to protocols, and no others.",
    parameters: PROTOCOLS,
    ownership: NOTHING,
    remarks: [
      "For the protocol's own lists and those that it was given, until it gives them back, when it clears the bits again.",
    ],
    decisions: [NO_PAGE],
    rules: ["NBL-FLAGMASK"],
    related: ["NBL_CLEAR_PROT_RSVD_FLAG", "NBL_TEST_PROT_RSVD_FLAG", "NET_BUFFER_LIST_FLAGS"],
    example: "nbl-notes-in-flags",
  },
  NBL_CLEAR_PROT_RSVD_FLAG: {
    summary: "Clears bits of Flags that belong to protocols, and no others.",
    parameters: PROTOCOLS,
    ownership: NOTHING,
    remarks: ["With NBL_PROT_RSVD_FLAGS all of them at once, as a protocol does with a list that it is given."],
    decisions: [NO_PAGE],
    rules: ["NBL-FLAGMASK"],
    related: ["NBL_SET_PROT_RSVD_FLAG", "NET_BUFFER_LIST_FLAGS"],
    example: "nbl-notes-in-flags",
  },
} as const satisfies DdiPages;
