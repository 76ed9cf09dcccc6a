import type { Address, Handle } from "../memory/address.js";

/**
 * What a driver asks of the NDIS around it. The functions of the DDI table call this; the layer that loads drivers
 * supplies it, so that the table knows nothing of how a driver is run.
 */
export interface DriverModel {
  registerFilterDriver(driverObject: Address, context: Handle, characteristics: Address, handle: Address): number;
  deregisterFilterDriver(handle: Handle): void;
  setFilterAttributes(filter: Handle, context: Handle, attributes: Address): number;
  sendFromFilter(filter: Handle, lists: Address, port: number, flags: number): void;
  completeSendFromFilter(filter: Handle, lists: Address, flags: number): void;
  indicateFromFilter(filter: Handle, lists: Address, port: number, count: number, flags: number): void;
  returnFromFilter(filter: Handle, lists: Address, flags: number): void;
  cancelSendFromFilter(filter: Handle, cancelId: Address): void;
  pauseComplete(filter: Handle): void;
  restartComplete(filter: Handle, status: number): void;
  requestFromFilter(filter: Handle, request: Address): number;
  completeRequestFromFilter(filter: Handle, request: Address, status: number): void;
  cancelRequestFromFilter(filter: Handle, requestId: Address): void;
  cloneRequest(source: Handle, request: Address, tag: number, clone: Address): number;
  freeClonedRequest(source: Handle, request: Address): void;
  indicateStatus(filter: Handle, indication: Address): void;
  forwardDeviceEvent(filter: Handle, event: Address): void;
  forwardNetEvent(filter: Handle, event: Address): number;
  openConfiguration(object: Address, handle: Address): number;
  readConfiguration(status: Address, value: Address, handle: Handle, keyword: Address, type: number): void;
  closeConfiguration(handle: Handle): void;
  deviceExtension(device: Address): Address;
  registerDevice(driver: Handle, attributes: Address, device: Address, handle: Address): number;
  deregisterDevice(handle: Handle): void;
}

/** Without a driver there is nobody to answer. */
export const NO_DRIVER_MODEL: DriverModel = new Proxy({} as DriverModel, {
  get: (_, name) => () => {
    throw new Error(`no driver is loaded, so ${String(name)} has no one to answer it`);
  },
});
