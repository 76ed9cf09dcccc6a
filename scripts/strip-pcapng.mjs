// Takes out of a pcapng file what it tells of the machine that recorded it: hardware, operating system, recording program
// (section header, options 2 to 4), and the interfaces' description, operating system and hardware (interface
// description, options 3, 12 and 15). Packets, time stamps and interface names stay as they are.
//
//   block:   ┌──────┬────────┬───────────────┬─────────────┬────────┐
//            │ type │ length │ fixed part    │ options …   │ length │      section header: 16 bytes fixed
//            └──────┴────────┴───────────────┴─────────────┴────────┘      interface description: 8 bytes fixed
//   option:  ┌──────────┬──────────┬───────────────────────────────┐
//            │ code, 16 │ size, 16 │ value, padded to 4 bytes      │      code 0 ends the list
//            └──────────┴──────────┴───────────────────────────────┘
//
// Little endian, as every recording on x86 and ARM is.
//
// Usage: node scripts/strip-pcapng.mjs FILE
import { readFileSync, writeFileSync } from "node:fs";

/** Which options go, and where options begin, by block type. @type {Map<number, { fixed: number, drop: number[] }>} */
const STRIPPED = new Map([
  [0x0a0d0d0a, { fixed: 16, drop: [2, 3, 4] }],
  [0x00000001, { fixed: 8, drop: [3, 12, 15] }],
]);

/** @param {Buffer} options @param {number[]} drop @returns {Buffer[]} */
function keptOptions(options, drop) {
  const kept = [];
  for (let at = 0; at + 4 <= options.length; ) {
    const end = at + 4 + ((options.readUInt16LE(at + 2) + 3) & ~3);
    if (!drop.includes(options.readUInt16LE(at))) kept.push(options.subarray(at, end));
    at = end;
  }
  // A list of nothing but its own end is no list.
  return kept.length === 1 && kept[0].readUInt16LE(0) === 0 ? [] : kept;
}

/** @param {Buffer} block @returns {Buffer} */
function strippedBlock(block) {
  const rule = STRIPPED.get(block.readUInt32LE(0));
  if (rule === undefined) return block;
  const options = 8 + rule.fixed;
  const body = Buffer.concat([
    block.subarray(0, options),
    ...keptOptions(block.subarray(options, -4), rule.drop),
    block.subarray(-4),
  ]);
  body.writeUInt32LE(body.length, 4);
  body.writeUInt32LE(body.length, body.length - 4);
  return body;
}

const file = process.argv[2];
const input = readFileSync(file);
if (input.readUInt32LE(8) !== 0x1a2b3c4d) throw new Error(`${file} is not a little-endian pcapng file`);
const output = [];
for (let at = 0; at < input.length; ) {
  const length = input.readUInt32LE(at + 4);
  output.push(strippedBlock(input.subarray(at, at + length)));
  at += length;
}
writeFileSync(file, Buffer.concat(output));
