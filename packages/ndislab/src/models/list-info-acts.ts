import { NDIS_NET_BUFFER_LIST_INFO } from "../layout/net-buffer-list.js";
import type { Act } from "./act.js";
import { same } from "./expect.js";
import type { World } from "./world.js";

const INFO = NDIS_NET_BUFFER_LIST_INFO.values;
const BOTH = [0, 1, 2, 4, 6, 7, 11, 12, 14];
const SEND = [...BOTH, INFO.NetBufferListCancelId];
const RECEIVE = [...BOTH, INFO.NetBufferListHashValue, INFO.NetBufferListHashInfo];

const hasLists = (world: World): boolean => world.lists.length > 0;

const COPY: Act = {
  name: "copy information",
  weight: 2,
  ready: (world) => world.lists.length > 1,
  run(world, draw) {
    const { ddi } = world;
    const to = draw.pick(world.lists);
    const from = draw.pick(world.lists.filter((list) => list !== to));
    const isSend = draw.once(2);
    const name = isSend ? "NdisCopySendNetBufferListInfo" : "NdisCopyReceiveNetBufferListInfo";
    world.say(`${name}(${to.name}, ${from.name})`);
    ddi[name](to.address, from.address);
    for (const id of isSend ? SEND : RECEIVE) to.info[id] = from.info[id];
  },
};

/** Flags that are the driver's to set, whatever it is. */
const SCRATCH = 0x000f_0000;
const PROTOCOL_RESERVED = 0xfff0_0003;

const FLAGS: Act = {
  name: "flags of a list",
  weight: 2,
  ready: hasLists,
  run(world, draw) {
    const { ddi } = world;
    const list = draw.pick(world.lists);
    const { address } = list;
    const bits = draw.pick([0x0001_0000, 0x000f_0000, 0x0003_0000]);
    const nblBits = draw.pick([0x200, 0x300, 0x100]);
    world.say(`flags ${bits.toString(16)} and ${nblBits.toString(16)} of ${list.name}`);
    if (draw.once(2)) {
      ddi.NBL_SET_FLAG(address, bits);
      list.flags |= bits;
      ddi.NdisSetNblFlag(address, nblBits);
      list.nblFlags |= nblBits;
      ddi.NBL_SET_PROT_RSVD_FLAG(address, SCRATCH);
    } else {
      ddi.NBL_CLEAR_FLAG(address, bits);
      list.flags &= ~bits;
      ddi.NdisClearNblFlag(address, nblBits);
      list.nblFlags &= ~nblBits;
      ddi.NBL_CLEAR_PROT_RSVD_FLAG(address, SCRATCH);
    }
    const { flags, nblFlags } = list;
    same("NBL_TEST_FLAG", !!ddi.NBL_TEST_FLAG(address, SCRATCH), (flags & SCRATCH) !== 0);
    same("NBL_TEST_FLAGS", !!ddi.NBL_TEST_FLAGS(address, SCRATCH), (flags & SCRATCH) === SCRATCH);
    same("NBL_TEST_PROT_RSVD_FLAG", !!ddi.NBL_TEST_PROT_RSVD_FLAG(address, ~0), (flags & PROTOCOL_RESERVED) !== 0);
    same("NdisTestNblFlag", !!ddi.NdisTestNblFlag(address, 0x300), (nblFlags & 0x300) !== 0);
    same("NdisTestNblFlags", !!ddi.NdisTestNblFlags(address, 0x300), (nblFlags & 0x300) === 0x300);
    same("NET_BUFFER_LIST_NBL_FLAGS", ddi.NET_BUFFER_LIST_NBL_FLAGS(address), nblFlags);
  },
};

/** The slots of a list that have functions and macros of their own. */
const SLOTS: Act = {
  name: "information of a list",
  weight: 1,
  ready: hasLists,
  run(world, draw) {
    const { ddi } = world;
    const list = draw.pick(world.lists);
    const { address, info } = list;
    const word = 0x5ca1_0000 + draw.below(256);
    world.say(`information ${word.toString(16)} of ${list.name}`);
    ddi.NDIS_SET_NET_BUFFER_LIST_CANCEL_ID(address, word);
    info[INFO.NetBufferListCancelId] = word;
    same("the cancel id", ddi.NDIS_GET_NET_BUFFER_LIST_CANCEL_ID(address), word);
    ddi.NET_BUFFER_LIST_SET_HASH_VALUE(address, word);
    info[INFO.NetBufferListHashValue] = word;
    same("the hash value", ddi.NET_BUFFER_LIST_GET_HASH_VALUE(address), word);
    const id = draw.pick([2, 6, 7]);
    ddi.NdisSetNetBufferListProtocolId(address, id);
    info[INFO.NetBufferListProtocolId] = (info[INFO.NetBufferListProtocolId] & ~0xff) | id;
    same("NdisGetNetBufferListProtocolId", ddi.NdisGetNetBufferListProtocolId(address), id);
  },
};

/** What travels with lists beside their data. */
export const LIST_INFO_ACTS: readonly Act[] = [COPY, FLAGS, SLOTS];
