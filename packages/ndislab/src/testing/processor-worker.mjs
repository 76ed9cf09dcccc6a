// One processor of processors.test.ts, in a worker: takes part in a random exchange of all that pools give, and says at
// the end what it did. Each thing carries a mark in its data while it is out; a slot that is out twice is seen by it.
import { parentPort, workerData } from "node:worker_threads";
import { createDdi, Machine, MDL, NDIS_PACKET, Ndis, NET_BUFFER_LIST, poolTag } from "ndislab";

const { processor, workers, seed, steps, pools, lock, counters, rings } = workerData;
const machine = new Machine({ processor });
const ndis = new Ndis(machine);
const ddi = createDdi(machine);
const { u32, i32 } = machine.memory;
const outgoing = rings.map((row) => ndis.ringAt(row[processor.number]));
const incoming = rings[processor.number].map((address) => ndis.ringAt(address));

let state = seed;
/** @param {number} below */
const random = (below) => {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % below;
};

const MARK = 0x6d61_726b;

/** @param {boolean} sound @param {string} what */
const insist = (sound, what) => {
  if (!sound) throw new Error(`processor ${processor.number}: ${what}`);
};

// What clones are made of: a list of this processor's, which stays out to the end.
const TAG = poolTag("Test");
const block = machine.nonpaged.allocate(2048, TAG, "driver");
const chain = ddi.NdisAllocateMdl(0, block, 1000);
u32[chain >>> 2] = ddi.NdisAllocateMdl(0, block + 1000, 1000);
const original = ddi.NdisAllocateNetBufferAndNetBufferList(pools.lists, 0, 0, chain, 500, 1000);

const { scratch } = machine.memory;

/**
 * What is exchanged: how one is made, the word that is marked while it is out, and how it is freed.
 * @type {readonly { make(): number, word(item: number): number, free(item: number): void }[]}
 */
const KINDS = [
  {
    make: () => ddi.NdisAllocateNetBufferMdlAndData(pools.data),
    word: (nb) => ddi.MmGetSystemAddressForMdlSafe(ddi.NET_BUFFER_FIRST_MDL(nb), 16) >>> 2,
    free: (nb) => ddi.NdisFreeNetBuffer(nb),
  },
  {
    make: () => ddi.NdisAllocateNetBufferAndNetBufferList(pools.lists, 0, 0, chain, 0, 1000),
    word: (nbl) => (nbl + NET_BUFFER_LIST.offset.Scratch) >>> 2,
    free: (nbl) => ddi.NdisFreeNetBufferList(nbl),
  },
  {
    make: () => ddi.NdisAllocateMdl(0, block, 100),
    word: (mdl) => (mdl + MDL.offset.Process) >>> 2,
    free: (mdl) => ddi.NdisFreeMdl(mdl),
  },
  {
    make: () => ddi.NdisAllocateMemoryWithTagPriority(0, 16 + random(3000), TAG, 16),
    word: (memory) => memory >>> 2,
    free: (memory) => ddi.NdisFreeMemory(memory, 0, 0),
  },
  {
    make: () => ddi.NdisAllocateCloneNetBufferList(original, pools.lists, 0, 0),
    word: (nbl) => (nbl + NET_BUFFER_LIST.offset.Scratch) >>> 2,
    free: (nbl) => ddi.NdisFreeCloneNetBufferList(nbl, 0),
  },
  {
    make() {
      ddi.NdisAllocatePacket(scratch, scratch + 4, pools.packets);
      return u32[(scratch + 4) >>> 2];
    },
    word: (packet) => (packet + NDIS_PACKET.offset.ProtocolReserved) >>> 2,
    free: (packet) => ddi.NdisFreePacket(packet),
  },
];

/** The kind that is memory. */
const BLOCK = 3;

/** Of addresses: everything lies on multiples of 8, so that its kind can travel with it. */
const KIND_BITS = 7;

let made = 0;
let freed = 0;

/** @param {number} kind */
function make(kind) {
  const item = KINDS[kind].make();
  insist(item !== 0, `kind ${kind} has run out`);
  const word = KINDS[kind].word(item);
  insist(u32[word] !== MARK, `kind ${kind} at ${item.toString(16)} is out twice`);
  u32[word] = MARK;
  made++;
  return item;
}

/** @param {number} kind @param {number} item */
function free(kind, item) {
  const word = KINDS[kind].word(item);
  insist(u32[word] === MARK, `kind ${kind} at ${item.toString(16)} is not what was sent`);
  u32[word] = 0;
  KINDS[kind].free(item);
  freed++;
}

/** @type {[kind: number, item: number][]} */
const held = [];

function receive() {
  for (const ring of incoming)
    for (let packed = ring.take(); packed !== 0; packed = ring.take()) free(packed & KIND_BITS, packed & ~KIND_BITS);
}

function count() {
  ddi.NdisAcquireSpinLock(lock);
  u32[counters >>> 2]++;
  ddi.NdisReleaseSpinLock(lock);
  ddi.NdisInterlockedIncrement(counters + 4);
}

/** To some processor, this one too; freed here when the ring has no room. @param {number} kind @param {number} item */
function send(kind, item) {
  if (!outgoing[random(outgoing.length)].put(item | kind)) free(kind, item);
}

// Everything at random.
for (let step = 0; step < steps; step++) {
  const act = random(10);
  if (act < 4) {
    const kind = random(KINDS.length);
    held.push([kind, make(kind)]);
  } else if (act < 8 && held.length > 0) (act < 6 ? free : send)(.../** @type {[number, number]} */ (held.pop()));
  else if (act === 8) receive();
  else count();
  if (held.length > 500) while (held.length > 250) free(.../** @type {[number, number]} */ (held.pop()));
}
while (held.length > 0) free(.../** @type {[number, number]} */ (held.pop()));

/** Waits until all processors have come here, and goes on to receive what they send. @param {number} place */
function meet(place) {
  const at = (counters >>> 2) + 2 + place;
  Atomics.add(i32, at, 1);
  Atomics.notify(i32, at);
  for (let there = Atomics.load(i32, at); there < workers; there = Atomics.load(i32, at)) {
    receive();
    Atomics.wait(i32, at, there, 10);
  }
}

// What two can only do at the same time by chance, all of them do at once and many times: the lock, the depot, which
// takes what is more than 128 and has it back at once, and the boxes of freed memory.
meet(0);
for (let step = 0; step < steps; step++) count();
meet(1);
for (let round = 0; round < steps / 200; round++) {
  for (let i = 0; i < 200; i++) held.push([0, make(0)]);
  while (held.length > 0) free(.../** @type {[number, number]} */ (held.pop()));
}
meet(2);
for (let step = 0; step < steps; step++) {
  send(BLOCK, make(BLOCK));
  if ((step & 15) === 0) receive();
}

meet(3); // nobody sends any more
receive();
meet(4); // nobody has anything of another's
ddi.NdisFreeNetBufferList(original);
ddi.NdisFreeMdl(u32[chain >>> 2]);
ddi.NdisFreeMdl(chain);
ddi.NdisFreeMemory(block, 0, 0);
meet(5);
machine.nonpaged.collect();
parentPort?.postMessage({
  made,
  freed,
  blocks: [...machine.nonpaged.live("driver")].length,
  mdls: machine.pools.live(machine.mdlPool),
});
