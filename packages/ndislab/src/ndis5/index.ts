export * from "./buffer-copy.js";
export * from "./buffer-pools.js";
export * from "./packet-chain.js";
export * from "./packet-copy.js";
export * from "./packet-first.js";
export * from "./packet-info.js";
export * from "./packet-pools.js";
export * from "./received-packets.js";
