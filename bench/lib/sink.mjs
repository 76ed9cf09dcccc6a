/** What loops computed, where anybody could look at it: so none of it is left out. */
export const sink = { value: 0 };
