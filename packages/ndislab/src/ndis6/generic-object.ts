import { GENERIC_OBJECT_TYPES, NDIS_GENERIC_OBJECT } from "../layout/generic-object.js";
import type { Address, Handle } from "../memory/address.js";
import { writeFields } from "../memory/fields.js";
import type { Memory } from "../memory/memory.js";
import type { NonpagedPool } from "../memory/nonpaged-pool.js";

/** Handles for components that have none of their own: they allocate pools under the address of such an object. */
export class GenericObjects {
  private readonly live = new Set<Handle>();

  constructor(
    private readonly memory: Memory,
    private readonly nonpaged: NonpagedPool,
  ) {}

  /**
   * NdisAllocateGenericObject: an object with `size` more bytes behind it for the caller, all 0. Its creator frees it
   * with `free`. 0 when memory is short.
   */
  allocate(driverObject: Address, tag: number, size: number): Handle {
    const bytes = NDIS_GENERIC_OBJECT.size + size;
    const object = this.nonpaged.allocate(bytes, tag, "system") as Handle;
    if (object === 0) return 0;
    this.memory.u8.fill(0, object, object + bytes);
    writeFields(this.memory, NDIS_GENERIC_OBJECT, object, {
      "Header.Type": GENERIC_OBJECT_TYPES.NDIS_OBJECT_TYPE_GENERIC_OBJECT,
      "Header.Revision": GENERIC_OBJECT_TYPES.NDIS_GENERIC_OBJECT_REVISION_1,
      "Header.Size": NDIS_GENERIC_OBJECT.size,
      DriverObject: driverObject,
    });
    this.live.add(object);
    return object;
  }

  /** NdisFreeGenericObject. False, and nothing done, for anything but a live object. */
  free(object: Handle): boolean {
    return this.live.delete(object) && this.nonpaged.free(object);
  }

  is(handle: Handle): boolean {
    return this.live.has(handle);
  }
}
