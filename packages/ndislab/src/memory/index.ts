export * from "./address.js";
export * from "./columns.js";
export * from "./fields.js";
export * from "./memory.js";
export * from "./nonpaged-pool.js";
export * from "./slot-pool.js";
export * from "./tag.js";
export * from "./wasm.js";
