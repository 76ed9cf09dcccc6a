// Captures to measure with: made, not recorded, and the same on every machine.
import { createHash } from "node:crypto";
import { closeSync, existsSync, openSync, readSync, renameSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";

const FILE_HEADER = 24;
const RECORD_HEADER = 16;
const MOST = 65535;

/** Seven small, four middle and one large frame of twelve: the mix that routers are measured with. */
const MIX = [60, 60, 60, 60, 60, 60, 60, 590, 590, 590, 590, 1514];

/** Ethernet, IPv4, UDP to the port of nobody; the IPv4 checksum is right and UDP has none. */
function frameOf(/** @type {number} */ size, /** @type {number} */ number, /** @type {Buffer} */ payload) {
  const frame = Buffer.alloc(size);
  frame.set([0x02, 0, 0, 0, 0, 2, 0x02, 0, 0, 0, 0, 1, 0x08, 0x00]);
  frame.set([0x45, 0, 0, 0, 0, 0, 0x40, 0, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2], 14);
  frame.writeUInt16BE(size - 14, 16);
  frame.writeUInt16BE(number & 0xffff, 18);
  let sum = 0;
  for (let at = 14; at < 34; at += 2) sum += frame.readUInt16BE(at);
  sum = (sum & 0xffff) + (sum >>> 16);
  frame.writeUInt16BE(~((sum & 0xffff) + (sum >>> 16)) & 0xffff, 24);
  frame.writeUInt16BE(1024 + (number & 0xfff), 34);
  frame.writeUInt16BE(9, 36);
  frame.writeUInt16BE(size - 34, 38);
  frame.set(payload.subarray(number & 0xff, (number & 0xff) + size - 42), 42);
  return frame;
}

function header() {
  const bytes = Buffer.alloc(FILE_HEADER);
  bytes.writeUInt32LE(0xa1b2c3d4, 0);
  bytes.writeUInt16LE(2, 4);
  bytes.writeUInt16LE(4, 6);
  bytes.writeUInt32LE(MOST, 16);
  bytes.writeUInt32LE(1, 20);
  return bytes;
}

/**
 * A pcap of so many frames, made when it is not there yet.
 * @param {string} folder
 * @param {number} frames
 */
export function captureOf(folder, frames) {
  const path = join(folder, `mix-${frames}.pcap`);
  if (existsSync(path)) return path;
  const file = openSync(`${path}.part`, "w");
  let seed = 12345;
  const random = () => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return seed >>> 8;
  };
  const payload = Buffer.from(Array.from({ length: 2048 }, () => random() & 0xff));
  /** @type {Buffer[]} */
  let parts = [header()];
  for (let number = 0; number < frames; number++) {
    const frame = frameOf(MIX[random() % MIX.length], number, payload);
    const record = Buffer.alloc(RECORD_HEADER);
    record.writeUInt32LE(1_700_000_000 + Math.floor(number / 1e5), 0);
    record.writeUInt32LE((number % 1e5) * 10, 4);
    record.writeUInt32LE(frame.length, 8);
    record.writeUInt32LE(frame.length, 12);
    parts.push(record, frame);
    if (parts.length > 4000 || number === frames - 1) {
      writeSync(file, Buffer.concat(parts));
      parts = [];
    }
  }
  closeSync(file);
  renameSync(`${path}.part`, path);
  return path;
}

/**
 * Frames of a pcap, their bytes, and a hash of them; `change` says what is hashed in place of each frame.
 * @param {string} path
 * @param {(frame: Buffer) => Buffer} [change]
 */
export function contentOf(path, change = (frame) => frame) {
  const { size } = statSync(path);
  const hash = createHash("sha256");
  const file = openSync(path, "r");
  const window = Buffer.alloc(1 << 22);
  let frames = 0;
  let bytes = 0;
  for (let start = FILE_HEADER; start < size; ) {
    const filled = readSync(file, window, 0, window.length, start);
    let at = 0;
    for (; at + RECORD_HEADER <= filled; ) {
      const end = at + RECORD_HEADER + window.readUInt32LE(at + 8);
      if (end > filled) break;
      const frame = change(window.subarray(at + RECORD_HEADER, end));
      hash.update(frame);
      frames++;
      bytes += frame.length;
      at = end;
    }
    if (at === 0) throw new Error(`${path} ends in the middle of a frame`);
    start += at;
  }
  closeSync(file);
  return { frames, bytes, hash: hash.digest("hex").slice(0, 16) };
}
