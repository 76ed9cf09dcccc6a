/** What pages of several nouns say of the same parameter. */
export const FILTER_HANDLE = "The handle of the filter module, from FilterAttach.";
