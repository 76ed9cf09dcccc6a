import { NDIS_STATUS } from "../layout/status.js";
import type { Act } from "./act.js";
import type { Draw } from "./draw.js";
import { same } from "./expect.js";
import type { World } from "./world.js";

const { NDIS_STATUS_FAILURE: FAILURE, NDIS_STATUS_RESOURCES: RESOURCES, NDIS_STATUS_SUCCESS: SUCCESS } = NDIS_STATUS;

/** A call that NDIS refuses: what it returns then. */
interface Refusal {
  readonly call: string;
  readonly expected: number;
  readonly make: () => number;
}

/** Runs one of the calls; undefined stands for one that this world has nothing for. Nothing changes by any of them. */
function refuse(world: World, draw: Draw, refusals: readonly (Refusal | undefined)[]): void {
  const refusal = draw.pick(refusals.filter((some) => some !== undefined));
  world.say(refusal.call);
  same("what is refused", refusal.make(), refusal.expected);
  world.fails();
}

/** Of what a verifier stops before NDIS sees it: only without one. */
const plainly = (world: World): boolean => !world.verified;

const NET_BUFFERS: Act = {
  name: "what NET_BUFFER pools refuse",
  weight: 1,
  fails: "always",
  ready: plainly,
  run(world, draw) {
    const { ddi, lab } = world;
    const pools = world.poolsOf("netBuffer");
    const bare = pools.find(({ dataSize }) => dataSize === 0);
    const withData = pools.find(({ dataSize }) => dataSize > 0);
    const [freed] = world.freedPools;
    const mdl = world.chains[0]?.[0].address ?? 0;
    const of = (handle: number, ...rest: [number, number, number]): Refusal => ({
      call: `NdisAllocateNetBuffer(${handle}, ${rest})`,
      expected: 0,
      make: () => ddi.NdisAllocateNetBuffer(handle, ...rest),
    });
    const io = (length: number): Refusal => ({
      call: `IoAllocateMdl(${length})`,
      expected: 0,
      make: () => ddi.IoAllocateMdl(0, length, 0, 0, 0),
    });
    refuse(world, draw, [
      io(0xffff_f001),
      { call: "NdisAllocateMdl beyond the end", expected: 0, make: () => ddi.NdisAllocateMdl(0, 0xffff_f000, 0x1001) },
      bare && of(bare.handle, 0, 1, 0),
      bare && of(bare.handle, 0, 0, 1),
      bare && of(bare.handle + 1, mdl, 0, 0),
      bare && {
        call: `NdisAllocateNetBufferMdlAndData(${bare.name})`,
        expected: 0,
        make: () => ddi.NdisAllocateNetBufferMdlAndData(bare.handle),
      },
      withData && of(withData.handle, mdl, 0, 0),
      freed === undefined ? undefined : of(freed, mdl, 0, 0),
      {
        call: "NdisAllocateNetBufferPool of another revision",
        expected: 0,
        make: () => {
          const parameters = lab.netBufferPoolParameters(0);
          lab.machine.memory.u8[parameters + 1] = 2;
          return ddi.NdisAllocateNetBufferPool(0, parameters);
        },
      },
      {
        call: "NdisAllocateNetBufferPool with too short a header",
        expected: 0,
        make: () => {
          const parameters = lab.netBufferPoolParameters(0);
          lab.machine.memory.u16[(parameters + 2) >>> 1] -= 1;
          return ddi.NdisAllocateNetBufferPool(0, parameters);
        },
      },
    ]);
  },
};

const LISTS: Act = {
  name: "what NET_BUFFER_LIST pools refuse",
  weight: 1,
  fails: "always",
  ready: (world) => plainly(world) && world.poolsOf("netBufferList").length > 0,
  run(world, draw) {
    const { ddi } = world;
    const pools = world.poolsOf("netBufferList");
    const pool = draw.pick(pools);
    const lists = world.lists.length === 0 ? undefined : draw.pick(world.lists);
    const mdl = world.chains[0]?.[0].address ?? 0;
    const takesNone = pools.find(({ hasNetBuffer, dataSize }) => !hasNetBuffer || dataSize > 0);
    const takesOne = pools.find(({ hasNetBuffer, dataSize }) => hasNetBuffer && dataSize === 0);
    const withChain = (handle: number, ...rest: [number, number, number]): Refusal => ({
      call: `NdisAllocateNetBufferAndNetBufferList(${handle}, 0, 0, ${rest})`,
      expected: 0,
      make: () => ddi.NdisAllocateNetBufferAndNetBufferList(handle, 0, 0, ...rest),
    });
    const used = lists?.contexts[0]?.used ?? 0;
    const [freed] = world.freedPools;
    const list = (handle: number, contextSize: number, backFill: number): Refusal => ({
      call: `NdisAllocateNetBufferList(${handle}, ${contextSize}, ${backFill})`,
      expected: 0,
      make: () => ddi.NdisAllocateNetBufferList(handle, contextSize, backFill),
    });
    refuse(world, draw, [
      list(pool.handle, 0xfff8, 8),
      list(pool.handle + 1, 0, 0),
      freed === undefined ? undefined : list(freed, 0, 0),
      takesNone && withChain(takesNone.handle, mdl, 0, 0),
      takesOne && withChain(takesOne.handle, 0, 1, 0),
      takesOne && withChain(takesOne.handle, 0, 0, 1),
      {
        call: "NdisAllocateNetBufferListPool, data without NET_BUFFER",
        expected: 0,
        make: () => ddi.NdisAllocateNetBufferListPool(0, world.lab.netBufferListPoolParameters({ DataSize: 64 })),
      },
      lists && {
        call: `NdisAllocateFragmentNetBufferList(${lists.name}), pieces of no bytes`,
        expected: 0,
        make: () => ddi.NdisAllocateFragmentNetBufferList(lists.address, 0, 0, 0, 0, 0, 0, 0),
      },
      lists &&
        takesNone && {
          call: `NdisAllocateReassembledNetBufferList(${lists.name}, ${takesNone.name})`,
          expected: 0,
          make: () => ddi.NdisAllocateReassembledNetBufferList(lists.address, takesNone.handle, 0, 0, 0, 0),
        },
      lists?.own && {
        call: `NdisFreeNetBuffer(${lists.own.name}), which came with ${lists.name}`,
        expected: 0,
        make: () => {
          ddi.NdisFreeNetBuffer(lists.own?.address ?? 0);
          return 0;
        },
      },
      lists && {
        call: `NdisFreeNetBufferListContext(${lists.name}, ${used + 4})`,
        expected: 0,
        make: () => {
          ddi.NdisFreeNetBufferListContext(lists.address, used + 4);
          return 0;
        },
      },
    ]);
  },
};

const NDIS5: Act = {
  name: "what pools of NDIS 5 refuse",
  weight: 1,
  fails: "always",
  ready: plainly,
  run(world, draw) {
    const { ddi, lab } = world;
    const [buffers] = world.poolsOf("buffer");
    const [packets] = world.poolsOf("packet");
    const [freed] = world.freedPools;
    /** The status, once it is sure that nothing was given. */
    const status = (): number => {
      same("what was given", lab.u32(lab.out), 0);
      return lab.u32(lab.status);
    };
    const packetPool = (base: number, reserved: number): Refusal => ({
      call: `NdisAllocatePacketPool(${base}, ${reserved})`,
      expected: RESOURCES,
      make: () => {
        ddi.NdisAllocatePacketPool(lab.status, lab.out, base, reserved);
        return status();
      },
    });
    const buffer = (handle: number, address: number, length: number): Refusal => ({
      call: `NdisAllocateBuffer(${handle}, ${address}, ${length})`,
      expected: FAILURE,
      make: () => {
        ddi.NdisAllocateBuffer(lab.status, lab.out, handle, address, length);
        return status();
      },
    });
    const packet = (handle: number): Refusal => ({
      call: `NdisAllocatePacket(${handle})`,
      expected: RESOURCES,
      make: () => {
        ddi.NdisAllocatePacket(lab.status, lab.out, handle);
        return status();
      },
    });
    refuse(world, draw, [
      packetPool(0x1_0000, 16),
      packetPool(1, 0xffc1),
      buffers && buffer(buffers.handle, 0xffff_fff0, 0x11),
      packets && buffer(packets.handle, world.storage.address, 8),
      freed === undefined ? undefined : buffer(freed, world.storage.address, 8),
      buffers && packet(buffers.handle),
      freed === undefined ? undefined : packet(freed),
      packets && {
        call: `NdisFreeBufferPool(${packets.name}), a packet pool`,
        expected: SUCCESS,
        make: () => {
          ddi.NdisFreeBufferPool(packets.handle);
          return SUCCESS;
        },
      },
    ]);
  },
};

export const REFUSED_NET_BUFFER_ACTS: readonly Act[] = [NET_BUFFERS];
export const REFUSED_LIST_ACTS: readonly Act[] = [LISTS];
export const REFUSED_NDIS5_ACTS: readonly Act[] = [NDIS5];
