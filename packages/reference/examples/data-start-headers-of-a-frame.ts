import {
  createDdi,
  Machine,
  NDIS_OBJECT_TYPES,
  NDIS_STATUS,
  Ndis,
  NET_BUFFER_POOL_PARAMETERS,
  POOL_PARAMETER_REVISIONS,
  poolTag,
  writeFields,
} from "ndislab";

const PAYLOAD = 40;
const HEADROOM = 20;
const BACK_FILL = 8;
const ETHERNET = Uint8Array.of(0x02, 0, 0, 0, 0, 1, 0x02, 0, 0, 0, 0, 2, 0x88, 0xb5);
const TUNNEL = Uint8Array.of(0x45, ...Array(23).fill(0));

const machine = new Machine();
const ddi = createDdi(machine);
const { memory } = machine;
const tag = poolTag("docs");

const parameters = ddi.NdisAllocateMemoryWithTagPriority(0, NET_BUFFER_POOL_PARAMETERS.size, tag, 16);
writeFields(memory, NET_BUFFER_POOL_PARAMETERS, parameters, {
  "Header.Type": NDIS_OBJECT_TYPES.NDIS_OBJECT_TYPE_DEFAULT,
  "Header.Revision": POOL_PARAMETER_REVISIONS.NET_BUFFER_POOL_PARAMETERS_REVISION_1,
  "Header.Size": POOL_PARAMETER_REVISIONS.NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1,
  PoolTag: tag,
  DataSize: HEADROOM + PAYLOAD,
});
const pool = ddi.NdisAllocateNetBufferPool(0, parameters);
const netBuffer = ddi.NdisAllocateNetBufferMdlAndData(pool);

function show(what: string): void {
  const sizes: number[] = [];
  for (let mdl = ddi.NET_BUFFER_FIRST_MDL(netBuffer); mdl !== 0; mdl = ddi.NDIS_MDL_LINKAGE(mdl))
    sizes.push(ddi.MmGetMdlByteCount(mdl));
  const [offset, length] = [ddi.NET_BUFFER_DATA_OFFSET(netBuffer), ddi.NET_BUFFER_DATA_LENGTH(netBuffer)];
  console.log(`${what}: offset ${offset}, length ${length}, MDLs of ${sizes.join(" ")}`);
}

/** Puts a header in front of the data. It may come to lie in two MDLs. */
function putHeader(header: Uint8Array): void {
  const status = ddi.NdisRetreatNetBufferDataStart(netBuffer, header.length, BACK_FILL, 0);
  if (status !== NDIS_STATUS.NDIS_STATUS_SUCCESS) throw new Error("no memory");
  let mdl = ddi.NET_BUFFER_CURRENT_MDL(netBuffer);
  let offset = ddi.NET_BUFFER_CURRENT_MDL_OFFSET(netBuffer);
  for (let done = 0; done < header.length; ) {
    const piece = header.subarray(done, done + ddi.MmGetMdlByteCount(mdl) - offset);
    memory.u8.set(piece, ddi.MmGetSystemAddressForMdlSafe(mdl, 16) + offset);
    console.log(`${piece.length} bytes of the header`);
    done += piece.length;
    mdl = ddi.NDIS_MDL_LINKAGE(mdl);
    offset = 0;
  }
}

ddi.NET_BUFFER_DATA_OFFSET.set(netBuffer, HEADROOM);
ddi.NET_BUFFER_DATA_LENGTH.set(netBuffer, PAYLOAD);
ddi.NdisAdjustNetBufferCurrentMdl(netBuffer);
show("payload");
putHeader(ETHERNET);
show("in the unused data");
putHeader(TUNNEL);
show("with an MDL of NDIS");
ddi.NdisAdvanceNetBufferDataStart(netBuffer, TUNNEL.length, 1, 0);
ddi.NdisAdvanceNetBufferDataStart(netBuffer, ETHERNET.length, 1, 0);
show("as it was");

ddi.NdisFreeNetBuffer(netBuffer);
ddi.NdisFreeNetBufferPool(pool);
ddi.NdisFreeMemory(parameters, 0, 0);

// The same with objects: `segments` are the pieces of the used data, whose first bytes are the header.
const ndis = new Ndis();
const frames = ndis.createNetBufferPool({ dataSize: HEADROOM + PAYLOAD });
const frame = frames.allocate();
frame.reserve(HEADROOM);
frame.length = PAYLOAD;
frame.retreat(TUNNEL.length, BACK_FILL);
let done = 0;
for (const piece of frame.segments()) {
  const part = TUNNEL.subarray(done, done + piece.length);
  piece.set(part);
  done += part.length;
}
frame.advance(TUNNEL.length);
frame.free();
frames.dispose();
