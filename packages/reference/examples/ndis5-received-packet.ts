import { createDdi, Machine } from "ndislab";

const machine = new Machine();
const ddi = createDdi(machine);

// a protocol asks this in ProtocolReceive, with what it was called with there
console.log(`a packet: ${ddi.NdisGetReceivedPacket(0, 0) === 0 ? "no" : "yes"}`);

// who plays the miniport makes one known while it indicates
const [context, packet] = [0x100, 0x2000];
machine.receivedPackets.during(context, packet, () => ddi.NdisGetReceivedPacket(0, context) === packet);
