/** Lengths at the edges: the shortest frame, one in between, the longest. */
const LENGTHS = [60, 61, 590, 1514, 98];

/** A handful of Ethernet frames between two stations, of an EtherType for experiments, each byte known. */
export function someFrames(): Uint8Array[] {
  return LENGTHS.map((length, number) => {
    const frame = new Uint8Array(length);
    frame.set([0x02, 0, 0, 0, 0, 0x01, 0x02, 0, 0, 0, 0, 0x02, 0x88, 0xb5]);
    for (let at = 14; at < length; at++) frame[at] = at + number;
    return frame;
  });
}
