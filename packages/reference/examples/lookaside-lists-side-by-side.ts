import { LOOKASIDE_LIST_EX, NPAGED_LOOKASIDE_LIST, PAGED_LOOKASIDE_LIST, structure } from "ndislab";

// A context with lists of each make: its members lie where they do on Windows.
const CONTEXT = structure("CONTEXT", {
  Sends: NPAGED_LOOKASIDE_LIST,
  Names: PAGED_LOOKASIDE_LIST,
  Requests: LOOKASIDE_LIST_EX,
  Flags: "ULONG",
});

console.log(`${NPAGED_LOOKASIDE_LIST.size}, ${PAGED_LOOKASIDE_LIST.size} and ${LOOKASIDE_LIST_EX.size} bytes`);
console.log(`flags at ${CONTEXT.offset.Flags}`);
