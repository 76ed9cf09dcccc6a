import { describe, expect, it } from "vitest";
import { DATA_BUFFERS } from "../ddi/data-buffers.js";
import { DATA_START } from "../ddi/data-start.js";
import { DERIVED_LISTS } from "../ddi/derived-lists.js";
import { IO_MDLS } from "../ddi/io-mdl.js";
import { MAPPINGS } from "../ddi/mappings.js";
import { MDLS } from "../ddi/mdl.js";
import { NDIS5_BUFFERS } from "../ddi/ndis5-buffers.js";
import { NDIS5_PACKET_CHAINS } from "../ddi/ndis5-packet-chains.js";
import { NDIS5_PACKET_INFO } from "../ddi/ndis5-packet-info.js";
import { NDIS5_PACKETS } from "../ddi/ndis5-packets.js";
import { NET_BUFFER_LISTS } from "../ddi/net-buffer-lists.js";
import { NET_BUFFERS } from "../ddi/net-buffers.js";
import { BUFFER_ACTS } from "./buffer-acts.js";
import { CONTEXT_ACTS } from "./context-acts.js";
import { DATA_ACTS } from "./data-acts.js";
import { DATA_START_ACTS } from "./data-start-acts.js";
import { DERIVED_ACTS } from "./derived-acts.js";
import { LIST_ACTS } from "./list-acts.js";
import { LIST_INFO_ACTS } from "./list-info-acts.js";
import { LIST_START_ACTS } from "./list-start-acts.js";
import { liveAll, REPLAY, STEPS } from "./lives.js";
import { MDL_ACTS } from "./mdl-acts.js";
import { MEMORY_ACTS } from "./memory-acts.js";
import { NET_BUFFER_ACTS } from "./net-buffer-acts.js";
import { PACKET_ACTS } from "./packet-acts.js";
import { PACKET_INFO_ACTS } from "./packet-info-acts.js";
import { REFUSED_LIST_ACTS, REFUSED_NDIS5_ACTS, REFUSED_NET_BUFFER_ACTS } from "./refused-acts.js";
import { Tally } from "./tally.js";
import { CALLED } from "./world.js";

const NDIS6 = [
  ...MEMORY_ACTS,
  ...MDL_ACTS,
  ...NET_BUFFER_ACTS,
  ...DATA_START_ACTS,
  ...DATA_ACTS,
  ...REFUSED_NET_BUFFER_ACTS,
];
const LISTS = [
  ...NDIS6,
  ...LIST_ACTS,
  ...LIST_INFO_ACTS,
  ...LIST_START_ACTS,
  ...CONTEXT_ACTS,
  ...DERIVED_ACTS,
  ...REFUSED_LIST_ACTS,
];
const NDIS5 = [...MEMORY_ACTS, ...MDL_ACTS, ...BUFFER_ACTS, ...PACKET_ACTS, ...PACKET_INFO_ACTS, ...REFUSED_NDIS5_ACTS];

/** So many steps take every act down every way it can go. */
const ENOUGH = 80_000;

/** What no life needs: it reads what a driver never gets here, or has no state of buffers. */
const NOT_CALLED = [
  "NET_BUFFER_FIRST_SHARED_MEM_INFO",
  "NET_BUFFER_SHARED_MEM_NEXT_SEGMENT",
  "NET_BUFFER_SHARED_MEM_FLAGS",
  "NET_BUFFER_SHARED_MEM_HANDLE",
  "NET_BUFFER_SHARED_MEM_OFFSET",
  "NET_BUFFER_SHARED_MEM_LENGTH",
  "NdisGetReceivedPacket",
  "MmGetSystemRoutineAddress",
  "ADDRESS_AND_SIZE_TO_SPAN_PAGES",
];

const tally = new Tally();

describe.each([
  { verified: true, name: "with the verifier in front" },
  { verified: false, name: "without a verifier" },
])("a driver that does everything right, $name, finds everything as the model says:", ({ verified, name }) => {
  it("NET_BUFFERs", () => {
    liveAll({ name: `NET_BUFFERs ${name}`, acts: NDIS6, verified, share: 0.15, tally });
  });

  it("NET_BUFFER_LISTs", () => {
    liveAll({ name: `NET_BUFFER_LISTs ${name}`, acts: LISTS, verified, share: 0.2, tally });
  });

  it("NDIS 5 descriptors and packets", () => {
    liveAll({ name: `NDIS 5 ${name}`, acts: NDIS5, verified, share: 0.15, tally });
  });
});

describe.skipIf(STEPS < ENOUGH || REPLAY !== undefined)("all lives together", () => {
  const acts = [...new Set([...LISTS, ...NDIS5])];

  it("do everything that a driver does, and see all fail that can", () => {
    if (process.env.NDISLAB_TALLY !== undefined) console.log(tally.text);
    const outcomes = acts.map(({ name }) => [name, tally.of(name, "done") > 0, tally.of(name, "failed") > 0]);
    expect(outcomes).toEqual(acts.map(({ name, fails }) => [name, fails !== "always", fails !== undefined]));
  });

  it("call every function and macro that buffers have", () => {
    const names = Object.keys({
      ...NET_BUFFERS,
      ...DATA_START,
      ...DATA_BUFFERS,
      ...NET_BUFFER_LISTS,
      ...DERIVED_LISTS,
      ...MDLS,
      ...IO_MDLS,
      ...MAPPINGS,
      ...NDIS5_BUFFERS,
      ...NDIS5_PACKETS,
      ...NDIS5_PACKET_CHAINS,
      ...NDIS5_PACKET_INFO,
    });
    expect(names.filter((name) => !CALLED.has(name)).sort()).toEqual([...NOT_CALLED].sort());
  });
});
