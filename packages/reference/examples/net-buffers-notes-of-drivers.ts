import { createDdi, Ndis } from "ndislab";

const ndis = new Ndis();
const ddi = createDdi(ndis.machine);
const { u32 } = ndis.machine.memory;
const pool = ndis.createNetBufferListPool({ netBuffers: true });
const list = pool.allocate().address;
const netBuffer = ddi.NET_BUFFER_LIST_FIRST_NB(list);

// Each reserved area is the address of its words.
const ofList = [ddi.NET_BUFFER_LIST_PROTOCOL_RESERVED(list) >>> 2, ddi.NET_BUFFER_LIST_MINIPORT_RESERVED(list) >>> 2];
const ofFrame = [ddi.NET_BUFFER_PROTOCOL_RESERVED(netBuffer) >>> 2, ddi.NET_BUFFER_MINIPORT_RESERVED(netBuffer) >>> 2];
u32[ofList[0]] = 7;
u32[ofList[1]] = 1;
u32[ofFrame[0]] = 8;
u32[ofFrame[1]] = list;
console.log(`of the list: protocol ${u32[ofList[0]]}, miniport ${u32[ofList[1]]}`);
console.log(`of the frame: protocol ${u32[ofFrame[0]]}, miniport ${u32[ofFrame[1]] === list ? "its list" : "?"}`);

// what only TCP/IP and a miniport that splits frames set
const bias = ddi.NET_BUFFER_CHECKSUM_BIAS(netBuffer);
console.log(`checksum bias ${bias}, physical address ${ddi.NET_BUFFER_DATA_PHYSICAL_ADDRESS(netBuffer).toString(16)}`);
ddi.NdisFreeNetBufferList(list);
pool.dispose();
