import type { Machine } from "../ddi/machine.js";
import { NDIS_DEVICE_OBJECT_ATTRIBUTES } from "../layout/device-attributes.js";
import { DEVICE_OBJECT } from "../layout/device-object.js";
import { NDIS_STATUS } from "../layout/status.js";
import { type Address, alignUp } from "../memory/address.js";
import { readField, writeFields } from "../memory/fields.js";
import { poolTag } from "../memory/tag.js";

const EXTENSION = alignUp(DEVICE_OBJECT.size, 8);

/**
 * Device objects, which nobody opens here. A device's handle is its address.
 *
 * ```
 *  0                      EXTENSION
 *  ┌───────────────┬──────┬──────────────────────────┐
 *  │ DEVICE_OBJECT │  pad │ extension of the driver  │
 *  └───────────────┴──────┴──────────────────────────┘
 * ```
 */
export class DeviceObjects {
  /** The extension of every device, 0 for one that has none. */
  private readonly extensions = new Map<Address, Address>();

  constructor(private readonly machine: Machine) {}

  /** NdisRegisterDeviceEx: the driver owns the device until `deregister`. Without memory the device is NULL. */
  register(attributes: Address, device: Address, handle: Address): number {
    const { memory, nonpaged } = this.machine;
    const extension = readField(memory, NDIS_DEVICE_OBJECT_ATTRIBUTES, attributes, "ExtensionSize");
    const size = EXTENSION + extension;
    const object = nonpaged.allocate(size, poolTag("NDdv"), "system");
    memory.u32[device >>> 2] = object;
    if (object === 0) return NDIS_STATUS.NDIS_STATUS_RESOURCES;
    memory.u8.fill(0, object, object + size);
    writeFields(memory, DEVICE_OBJECT, object, { Type: 3, Size: DEVICE_OBJECT.size });
    this.extensions.set(object, extension === 0 ? 0 : object + EXTENSION);
    memory.u32[handle >>> 2] = object;
    return NDIS_STATUS.NDIS_STATUS_SUCCESS;
  }

  deregister(handle: Address): void {
    if (this.extensions.delete(handle)) this.machine.nonpaged.free(handle);
  }

  /** The driver's room; 0 for a device without one, and for what is no device. */
  extension(device: Address): Address {
    return this.extensions.get(device) ?? 0;
  }

  /** Frees what the driver left behind. */
  release(): void {
    for (const device of this.extensions.keys()) this.deregister(device);
  }
}
