// The worker of pipeline.mjs: another processor of the same memory.
import { workerData } from "node:worker_threads";
import { Ndis } from "ndislab";

const { processor, packets } = workerData;
const ndis = new Ndis({ processor });
const pool = ndis.netBufferPoolAt(workerData.pool);
const ring = ndis.ringAt(workerData.ring);

for (let number = 0; number < packets; number++) {
  const packet = pool.allocate();
  packet.length = 60 + (number % 1000);
  packet.data[0] = number;
  while (!ring.put(packet.address)); // from here on it is the other side's
}
