import type { DriverModel } from "../ddi/driver-model.js";
import type { Machine } from "../ddi/machine.js";
import { NDIS_DEVICE_OBJECT_ATTRIBUTES } from "../layout/device-attributes.js";
import { DEVICE_OBJECT } from "../layout/device-object.js";
import { NDIS_FILTER_DRIVER_CHARACTERISTICS } from "../layout/filter-driver.js";
import { NDIS_OBJECT_TYPES } from "../layout/object-header.js";
import { IRQL } from "../layout/spin-lock.js";
import { NDIS_STATUS, statusName } from "../layout/status.js";
import type { Address, Handle } from "../memory/address.js";
import { readField, writeFields } from "../memory/fields.js";
import { poolTag } from "../memory/tag.js";
import type { Verifier } from "../verifier/verifier.js";
import { DataPath, type Direction, type FrameSink } from "./data-path.js";
import { DriverStartError } from "./driver-errors.js";
import { FilterParameters } from "./filter-parameters.js";
import type { Callback, LoadedDriver } from "./loaded-driver.js";
import { OidRequests } from "./oid-requests.js";

const TAG = poolTag("NDfs");

type HandlerName = Extract<keyof typeof NDIS_FILTER_DRIVER_CHARACTERISTICS.offset, `${string}Handler`>;

/** Where a filter module is in its life. */
type State = "detached" | "paused" | "restarting" | "running" | "pausing";

/**
 * NDIS around one lightweight filter: a miniport below, protocols above, and the module's life.
 *
 * ```
 *   NdisFRegisterFilterDriver
 *        │            FilterAttach            FilterRestart
 *   ┌──────────┐  ─────────────────▶ ┌────────┐ ────────────▶ ┌─────────┐
 *   │ detached │                     │ paused │               │ running │
 *   └──────────┘ ◀───────────────── └────────┘ ◀──────────── └─────────┘
 *                    FilterDetach              FilterPause
 * ```
 * A handler that answers NDIS_STATUS_PENDING ends when the driver calls the matching …Complete function.
 */
export class FilterStack implements DriverModel {
  /** True once NdisFRegisterFilterDriver succeeded. */
  registered = false;
  private readonly handlers = new Map<HandlerName, Callback>();
  private driverContext: Handle = 0;
  private driverHandle: Handle = 0;
  private moduleHandle: Handle = 0;
  private moduleContext: Handle = 0;
  private state: State = "detached";
  private restartStatus: number = NDIS_STATUS.NDIS_STATUS_SUCCESS;
  private path: DataPath | undefined;
  private oids: OidRequests | undefined;
  private driver!: LoadedDriver;

  constructor(
    private readonly machine: Machine,
    private readonly verifier: Verifier | undefined,
    private readonly direction: Direction,
    private readonly sink: FrameSink,
  ) {}

  /** The driver's module, once it is loaded. */
  use(driver: LoadedDriver): void {
    this.driver = driver;
  }

  /** The data path of the attached module. */
  get dataPath(): DataPath | undefined {
    return this.path;
  }

  /** FilterAttach and FilterRestart, then a first OID request from above. */
  start(): void {
    const parameters = new FilterParameters(this.machine);
    this.moduleHandle = this.newHandle();
    const status = this.call("AttachHandler", this.moduleHandle, this.driverContext, parameters.attach());
    if (status !== NDIS_STATUS.NDIS_STATUS_SUCCESS)
      throw new DriverStartError(`FilterAttach failed with ${statusName(status)}`);
    this.state = "paused";
    this.path = new DataPath(
      this.machine,
      this.driver,
      this.verifier,
      this.moduleContext,
      {
        down: this.handlers.get("SendNetBufferListsHandler"),
        downComplete: this.handlers.get("SendNetBufferListsCompleteHandler"),
        up: this.handlers.get("ReceiveNetBufferListsHandler"),
        upReturn: this.handlers.get("ReturnNetBufferListsHandler"),
      },
      this.direction,
      this.sink,
    );
    this.oids = new OidRequests(
      this.machine,
      this.driver,
      this.moduleContext,
      this.handlers.get("OidRequestHandler"),
      this.handlers.get("OidRequestCompleteHandler"),
    );
    this.state = "restarting";
    this.restartStatus = this.call("RestartHandler", this.moduleContext, parameters.restart());
    this.pump();
    parameters.release();
    if (this.restartStatus !== NDIS_STATUS.NDIS_STATUS_SUCCESS)
      throw new DriverStartError(`FilterRestart failed with ${statusName(this.restartStatus)}`);
    this.state = "running";
    this.oids.setPacketFilter();
  }

  /** FilterPause and FilterDetach. */
  stop(): void {
    if (this.state === "detached") return;
    if (this.state === "running") {
      const parameters = new FilterParameters(this.machine);
      this.state = "pausing";
      const status = this.call("PauseHandler", this.moduleContext, parameters.pause());
      if (status !== NDIS_STATUS.NDIS_STATUS_PENDING) this.state = "paused";
      this.pump();
      parameters.release();
      const kept = this.path?.reportKept() ?? false;
      // A pause that waits for lists which are lost cannot complete: they are the mistake.
      if (this.state !== "paused" && !kept)
        this.verifier?.report(
          "TIME-WATCHDOG",
          `${this.handlers.get("PauseHandler")?.name} answered NDIS_STATUS_PENDING, and NdisFPauseComplete was never called; complete the pause when the last list has come back.`,
          {
            at: this.placeOf("PauseHandler"),
          },
        );
    }
    this.call("DetachHandler", this.moduleContext);
    this.state = "detached";
  }

  registerFilterDriver(_driverObject: Address, context: Handle, characteristics: Address, handle: Address): number {
    const { memory } = this.machine;
    if (memory.u8[characteristics] !== NDIS_OBJECT_TYPES.NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS)
      return NDIS_STATUS.NDIS_STATUS_BAD_CHARACTERISTICS;
    const size = memory.u16[(characteristics + 2) >>> 1];
    for (const name of Object.keys(NDIS_FILTER_DRIVER_CHARACTERISTICS.offset) as HandlerName[]) {
      if (!name.endsWith("Handler") || NDIS_FILTER_DRIVER_CHARACTERISTICS.offset[name] + 4 > size) continue;
      const callback = this.driver.callback(
        name,
        readField(memory, NDIS_FILTER_DRIVER_CHARACTERISTICS, characteristics, name),
      );
      if (callback !== undefined) this.handlers.set(name, callback);
    }
    for (const name of ["AttachHandler", "DetachHandler", "RestartHandler", "PauseHandler"] as const)
      if (!this.handlers.has(name)) return NDIS_STATUS.NDIS_STATUS_BAD_CHARACTERISTICS;
    this.driverContext = context;
    this.driverHandle = this.newHandle();
    memory.u32[handle >>> 2] = this.driverHandle;
    this.registered = true;
    const setOptions = this.handlers.get("SetOptionsHandler");
    return setOptions === undefined
      ? NDIS_STATUS.NDIS_STATUS_SUCCESS
      : setOptions.call(this.driverHandle, context) >>> 0;
  }

  deregisterFilterDriver(_handle: Handle): void {
    this.stop();
    this.registered = false;
  }

  setFilterAttributes(_filter: Handle, context: Handle, _attributes: Address): number {
    this.moduleContext = context;
    return NDIS_STATUS.NDIS_STATUS_SUCCESS;
  }

  sendFromFilter(_filter: Handle, lists: Address): void {
    this.path?.sent(lists);
  }

  completeSendFromFilter(_filter: Handle, lists: Address): void {
    this.path?.completed(lists);
  }

  indicateFromFilter(_filter: Handle, lists: Address, _port: number, _count: number, flags: number): void {
    this.path?.indicated(lists, flags);
  }

  returnFromFilter(_filter: Handle, lists: Address): void {
    this.path?.returned(lists);
  }

  /** Every send completes before the next event, so there is never one to cancel. */
  cancelSendFromFilter(): void {}

  pauseComplete(): void {
    if (this.state === "pausing") this.state = "paused";
  }

  restartComplete(_filter: Handle, status: number): void {
    this.restartStatus = status;
  }

  requestFromFilter(_filter: Handle, request: Address): number {
    return this.oids?.requested(request) ?? NDIS_STATUS.NDIS_STATUS_FAILURE;
  }

  completeRequestFromFilter(_filter: Handle, request: Address, status: number): void {
    this.oids?.requestCompleted(request, status);
  }

  /** Every request completes before the next event, so there is never one to cancel. */
  cancelRequestFromFilter(): void {}

  cloneRequest(_source: Handle, request: Address, _tag: number, clone: Address): number {
    return this.oids?.clone(request, clone) ?? NDIS_STATUS.NDIS_STATUS_FAILURE;
  }

  freeClonedRequest(_source: Handle, request: Address): void {
    this.oids?.freeClone(request);
  }

  /** Status indications end at the upper edge, which has no use for them. */
  indicateStatus(): void {}

  forwardDeviceEvent(): void {}

  forwardNetEvent(): number {
    return NDIS_STATUS.NDIS_STATUS_SUCCESS;
  }

  /** There is no registry: a driver falls back to its defaults. */
  openConfiguration(_object: Address, handle: Address): number {
    this.machine.memory.u32[handle >>> 2] = 0;
    return NDIS_STATUS.NDIS_STATUS_FAILURE;
  }

  readConfiguration(status: Address): void {
    this.machine.memory.u32[status >>> 2] = NDIS_STATUS.NDIS_STATUS_FAILURE;
  }

  closeConfiguration(): void {}

  registerDevice(_driver: Handle, attributes: Address, device: Address, handle: Address): number {
    const { memory, nonpaged } = this.machine;
    const extension = readField(memory, NDIS_DEVICE_OBJECT_ATTRIBUTES, attributes, "ExtensionSize");
    const object = nonpaged.allocate(DEVICE_OBJECT.size + extension, TAG, "system");
    if (object === 0) return NDIS_STATUS.NDIS_STATUS_RESOURCES;
    memory.u8.fill(0, object, object + DEVICE_OBJECT.size + extension);
    writeFields(memory, DEVICE_OBJECT, object, {
      Size: DEVICE_OBJECT.size + extension,
      DeviceExtension: object + DEVICE_OBJECT.size,
    });
    memory.u32[device >>> 2] = object;
    memory.u32[handle >>> 2] = object;
    return NDIS_STATUS.NDIS_STATUS_SUCCESS;
  }

  deregisterDevice(handle: Handle): void {
    this.machine.nonpaged.free(handle);
  }

  deviceExtension(device: Address): Address {
    return device + DEVICE_OBJECT.size;
  }

  /** Lets lists and requests that are on their way arrive. */
  private pump(): void {
    this.oids?.pump();
    this.path?.pump();
  }

  private call(name: HandlerName, ...args: number[]): number {
    const callback = this.handlers.get(name);
    return callback === undefined
      ? NDIS_STATUS.NDIS_STATUS_SUCCESS
      : this.driver.invoke(callback, IRQL.PASSIVE_LEVEL, ...args);
  }

  private placeOf(name: HandlerName) {
    const callback = this.handlers.get(name);
    return callback === undefined ? null : this.driver.placeOf(callback);
  }

  /** A value for a handle that no other object has. */
  private newHandle(): Handle {
    return this.machine.nonpaged.allocate(16, TAG, "system") as number;
  }
}
