import { NDIS_FILTER_DRIVER_CHARACTERISTICS } from "../layout/filter-driver.js";
import { NDIS_OBJECT_TYPES } from "../layout/object-header.js";
import { NDIS_STATUS } from "../layout/status.js";
import type { Address, Handle } from "../memory/address.js";
import { readField } from "../memory/fields.js";
import type { Memory } from "../memory/memory.js";
import type { Callback, LoadedDriver } from "./loaded-driver.js";

export type HandlerName = Extract<keyof typeof NDIS_FILTER_DRIVER_CHARACTERISTICS.offset, `${string}Handler`>;

/** The entry points of a filter; one that is missing is passed by. */
export type FilterHandlers = ReadonlyMap<HandlerName, Callback>;

/** A filter driver as it registered itself. */
export interface FilterDriver {
  readonly handle: Handle;
  readonly context: Handle;
  readonly handlers: FilterHandlers;
}

const REQUIRED: readonly HandlerName[] = ["AttachHandler", "DetachHandler", "RestartHandler", "PauseHandler"];

/** The one major version that has filters. */
const MAJOR_VERSION = 6;

/** The handlers that characteristics name, as far as their size goes; or the status NdisFRegisterFilterDriver refuses with. */
export function readHandlers(memory: Memory, driver: LoadedDriver, characteristics: Address): FilterHandlers | number {
  if (memory.u8[characteristics] !== NDIS_OBJECT_TYPES.NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS)
    return NDIS_STATUS.NDIS_STATUS_BAD_CHARACTERISTICS;
  const { offset } = NDIS_FILTER_DRIVER_CHARACTERISTICS;
  if (memory.u8[characteristics + offset.MajorNdisVersion] !== MAJOR_VERSION)
    return NDIS_STATUS.NDIS_STATUS_BAD_VERSION;
  const size = memory.u16[(characteristics + 2) >>> 1];
  const handlers = new Map<HandlerName, Callback>();
  for (const name of Object.keys(offset) as HandlerName[]) {
    if (!name.endsWith("Handler") || offset[name] + 4 > size) continue;
    const pointer = readField(memory, NDIS_FILTER_DRIVER_CHARACTERISTICS, characteristics, name);
    const callback = driver.callback(name, pointer);
    if (callback !== undefined) handlers.set(name, callback);
  }
  return REQUIRED.every((name) => handlers.has(name)) ? handlers : NDIS_STATUS.NDIS_STATUS_BAD_CHARACTERISTICS;
}
