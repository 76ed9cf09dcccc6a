// Two processors, one pool: a worker receives packets, this thread processes them and frees them. No packet is copied,
// and none is made garbage: what is freed here goes back to the worker.
//
//   node examples/processors/pipeline.mjs [packets]
import { Worker } from "node:worker_threads";
import { Ndis, SharedMemory } from "ndislab";

const packets = Number(process.argv[2] ?? 1_000_000);
if (!Number.isInteger(packets) || packets < 1) {
  console.error(`${process.argv[2]} is no number of packets.`);
  process.exit(2);
}

// One memory with two processors. What a worker gets is plain data: its processor, and where pool and ring lie.
const { processors } = new SharedMemory({ processors: 2, memorySize: 64 << 20 });
const ndis = new Ndis({ processor: processors[0] });
const pool = ndis.createNetBufferPool({ dataSize: 2048, tag: "pipe" });
const ring = ndis.createRing(1024);

const start = performance.now();
new Worker(new URL("receiver.mjs", import.meta.url), {
  workerData: { processor: processors[1], pool: pool.handle, ring: ring.address, packets },
});

let bytes = 0;
let sum = 0;
for (let done = 0; done < packets; ) {
  const address = ring.take();
  if (address === 0) continue; // the worker is not that far yet
  const packet = ndis.netBufferAt(address);
  bytes += packet.length;
  sum = (sum + packet.data[0]) >>> 0;
  packet.free();
  done++;
}
const seconds = (performance.now() - start) / 1000;

console.log(`${packets} packets, ${bytes} bytes, sum of first bytes ${sum}`);
console.log(
  `${Math.round(packets / seconds).toLocaleString("en")} packets/s; slots made: ${pool.peak}, still out: ${pool.live}`,
);
