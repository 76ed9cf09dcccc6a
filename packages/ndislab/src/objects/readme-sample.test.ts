import { readFileSync } from "node:fs";
import { expect, it, vi } from "vitest";
import { Ndis } from "./index.js";

/** A UDP datagram over IPv4, and the Ethernet header that goes in front of it. */
const datagram = Uint8Array.from({ length: 46 }, (_, i) => i);
const header = Uint8Array.of(2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 0x08, 0x00);
const send = vi.fn((frame: Uint8Array) => frame.slice());

function sample(): void {
  // README
  using ndis = new Ndis();
  using pool = ndis.createNetBufferPool({ dataSize: 2048 });

  using packet = pool.allocate(); // NET_BUFFER, MDL and data in one block, and no garbage
  packet.reserve(64); //             room for headers
  packet.write(datagram);
  packet.retreat(14); //             14 bytes of that room become data
  packet.data.set(header); //        the memory itself, no copy
  send(packet.data);
  packet.advance(14);
  // end; `using` has freed packet, pool and ndis, in this order
}

it("the sample of the README moves a packet and gives everything back", () => {
  sample();
  expect(send.mock.results[0].value).toEqual(Uint8Array.of(...header, ...datagram));
});

const between = (text: string, from: string, to: string): string =>
  text.slice(text.indexOf(from) + from.length, text.indexOf(to));
const readme = between(
  readFileSync(new URL("../../../../README.md", import.meta.url), "utf8"),
  "<!-- sample -->",
  "<!-- /sample -->",
).trim();

it("the README shows it", () => {
  const own = readFileSync(new URL(import.meta.url), "utf8");
  const shown = between(own, "// README\n", "  // end").replace(/^ {2}/gm, "").trim();
  expect(readme).toBe(`\`\`\`ts\nimport { Ndis } from "ndislab";\n\n${shown}\n\`\`\``);
});
