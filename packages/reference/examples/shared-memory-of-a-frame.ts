import { createDdi, Ndis, NET_BUFFER_SHARED_MEMORY } from "ndislab";

const SHARED_MEMORY = 0x1000; // stands for the handle that the memory was allocated with
const ndis = new Ndis();
const ddi = createDdi(ndis.machine);
const pool = ndis.createNetBufferPool({ dataSize: 256 });
const netBuffer = pool.allocate().address;
const segments = ndis.allocateMemory(2 * NET_BUFFER_SHARED_MEMORY.size);
segments.data.fill(0);
const header = segments.address;
const payload = header + NET_BUFFER_SHARED_MEMORY.size;

ddi.NET_BUFFER_SHARED_MEM_NEXT_SEGMENT.set(header, payload);
ddi.NET_BUFFER_SHARED_MEM_HANDLE.set(header, SHARED_MEMORY);
ddi.NET_BUFFER_SHARED_MEM_LENGTH.set(header, 64);
ddi.NET_BUFFER_SHARED_MEM_HANDLE.set(payload, SHARED_MEMORY);
ddi.NET_BUFFER_SHARED_MEM_OFFSET.set(payload, 4096);
ddi.NET_BUFFER_SHARED_MEM_LENGTH.set(payload, 192);

ddi.NET_BUFFER_FIRST_SHARED_MEM_INFO.set(netBuffer, header);
let segment = ddi.NET_BUFFER_FIRST_SHARED_MEM_INFO(netBuffer);
while (segment !== 0) {
  const where = ddi.NET_BUFFER_SHARED_MEM_HANDLE(segment) === SHARED_MEMORY ? "the memory" : "?";
  console.log(
    `${ddi.NET_BUFFER_SHARED_MEM_LENGTH(segment)} bytes at ${ddi.NET_BUFFER_SHARED_MEM_OFFSET(segment)} of ${where}, ` +
      `flags ${ddi.NET_BUFFER_SHARED_MEM_FLAGS(segment).toString(16)}`,
  );
  segment = ddi.NET_BUFFER_SHARED_MEM_NEXT_SEGMENT(segment);
}
ddi.NET_BUFFER_FIRST_SHARED_MEM_INFO.set(netBuffer, 0);
ddi.NdisFreeNetBuffer(netBuffer);
segments.free();
pool.dispose();
