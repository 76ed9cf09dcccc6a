import type { DriverModel } from "../ddi/driver-model.js";
import type { Machine } from "../ddi/machine.js";
import { NDIS_FILTER_RESTART_PARAMETERS } from "../layout/filter-module.js";
import { IRQL } from "../layout/spin-lock.js";
import { NDIS_STATUS, statusName } from "../layout/status.js";
import type { Address, Handle } from "../memory/address.js";
import { poolTag } from "../memory/tag.js";
import type { Verifier } from "../verifier/verifier.js";
import { DataPath, type Direction, type FrameSink } from "./data-path.js";
import { DeviceObjects } from "./device-objects.js";
import { DriverStartError } from "./driver-errors.js";
import { type FilterDriver, type HandlerName, readHandlers } from "./filter-driver.js";
import { FilterParameters } from "./filter-parameters.js";
import { HostBlocks } from "./host-blocks.js";
import type { LoadedDriver } from "./loaded-driver.js";
import type { NativeLists } from "./native-ddis.js";
import { OidClones } from "./oid-clones.js";
import { OidRequests } from "./oid-requests.js";
import { RestartAttributes } from "./restart-attributes.js";

/**
 * How often after one event lists and requests are given back, and what the driver starts then given back in turn. A
 * driver that starts something each time never comes to rest.
 */
const MOST_ROUNDS = 4096;

/** Where a filter module is in its life. */
type State = "detached" | "paused" | "restarting" | "running" | "pausing";

/**
 * NDIS around one lightweight filter: a miniport below, protocols above, and the module's life. A driver may register
 * several filters; the first of them is attached.
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
  /** What is registered, by handle. */
  private readonly filters = new Map<Handle, FilterDriver>();
  /** What the module is handed in its life: there from the first registration on. */
  private readonly blocks: HostBlocks;
  private parameters: FilterParameters | undefined;
  private readonly clones: OidClones;
  private readonly devices: DeviceObjects;
  /** The filter that is attached, or was last. */
  private filter: FilterDriver | undefined;
  private moduleHandle: Handle = 0;
  private moduleContext: Handle = 0;
  private state: State = "detached";
  private restartStatus: number = NDIS_STATUS.NDIS_STATUS_SUCCESS;
  private path: DataPath | undefined;
  private oids: OidRequests | undefined;
  private driver!: LoadedDriver;

  constructor(
    private readonly machine: Machine,
    private readonly native: NativeLists,
    private readonly verifier: Verifier | undefined,
    private readonly direction: Direction,
    private readonly sink: FrameSink,
  ) {
    this.blocks = new HostBlocks(machine, poolTag("NDfs"));
    this.clones = new OidClones(machine);
    this.devices = new DeviceObjects(machine);
  }

  /** The driver's module, once it is loaded. */
  use(driver: LoadedDriver): void {
    this.driver = driver;
  }

  /** True while a filter is registered. */
  get registered(): boolean {
    return this.filters.size > 0;
  }

  /** The data path of the attached module. */
  get dataPath(): DataPath | undefined {
    return this.path;
  }

  /** FilterAttach and FilterRestart, then a first OID request from above. */
  start(): void {
    const { parameters } = this;
    [this.filter] = this.filters.values();
    if (this.filter === undefined || parameters === undefined) throw new Error("no filter is registered");
    const { handlers } = this.filter;
    const status = this.call("AttachHandler", this.moduleHandle, this.filter.context, parameters.attach);
    if (status !== NDIS_STATUS.NDIS_STATUS_SUCCESS)
      throw new DriverStartError(`FilterAttach failed with ${statusName(status)}`);
    this.state = "paused";
    this.path = new DataPath(
      this.machine,
      this.native,
      this.driver,
      this.verifier,
      this.moduleContext,
      {
        down: handlers.get("SendNetBufferListsHandler"),
        downComplete: handlers.get("SendNetBufferListsCompleteHandler"),
        up: handlers.get("ReceiveNetBufferListsHandler"),
        upReturn: handlers.get("ReturnNetBufferListsHandler"),
      },
      parameters.source,
      this.direction,
      this.sink,
      () => this.settle(),
    );
    this.oids = new OidRequests(
      this.machine,
      this.driver,
      this.moduleContext,
      handlers.get("OidRequestHandler"),
      handlers.get("OidRequestCompleteHandler"),
    );
    this.restart(parameters);
    this.oids.request(parameters.request);
    this.settle();
  }

  /** FilterPause and FilterDetach. */
  stop(): void {
    if (this.state === "detached") return;
    if (this.state === "running") this.pause();
    if (this.oids?.isPending)
      this.reportUnfinished(
        "OidRequestHandler",
        "NdisFOidRequestComplete was never called for its request; complete it before FilterDetach returns",
      );
    this.call("DetachHandler", this.moduleContext);
    this.state = "detached";
  }

  /** Frees all that was NDIS' own, and what the driver left behind of it. */
  release(): void {
    this.path?.release();
    this.clones.release();
    this.devices.release();
    this.blocks.release();
  }

  registerFilterDriver(_driverObject: Address, context: Handle, characteristics: Address, out: Address): number {
    const handlers = readHandlers(this.machine.memory, this.driver, characteristics);
    if (typeof handlers === "number") return handlers;
    const handle = this.newFilter();
    if (handle === 0) return NDIS_STATUS.NDIS_STATUS_RESOURCES;
    this.filters.set(handle, { handle, context, handlers });
    const setOptions = handlers.get("SetOptionsHandler");
    if (setOptions !== undefined) {
      const status = this.driver.invoke(setOptions, IRQL.PASSIVE_LEVEL, handle, context);
      if (status !== NDIS_STATUS.NDIS_STATUS_SUCCESS) {
        this.filters.delete(handle);
        return status;
      }
    }
    this.machine.memory.u32[out >>> 2] = handle;
    return NDIS_STATUS.NDIS_STATUS_SUCCESS;
  }

  /** A module that is still attached stays: its handlers are what calls this, and Windows would wait for them. */
  deregisterFilterDriver(handle: Handle): void {
    this.filters.delete(handle);
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
    if (this.oids === undefined || this.state === "detached") return NDIS_STATUS.NDIS_STATUS_FAILURE;
    return this.oids.sent(request);
  }

  completeRequestFromFilter(_filter: Handle, request: Address): void {
    this.oids?.completed(request);
  }

  /** Every request completes before the next event, so there is never one to cancel. */
  cancelRequestFromFilter(): void {}

  cloneRequest(source: Handle, request: Address, tag: number, clone: Address): number {
    if (source === this.moduleHandle && source !== 0) return this.clones.allocate(request, tag, clone);
    this.machine.memory.u32[clone >>> 2] = 0;
    return NDIS_STATUS.NDIS_STATUS_INVALID_PARAMETER;
  }

  freeClonedRequest(_source: Handle, request: Address): void {
    this.clones.free(request);
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

  registerDevice(driver: Handle, attributes: Address, device: Address, handle: Address): number {
    if (this.filters.has(driver)) return this.devices.register(attributes, device, handle);
    this.machine.memory.u32[device >>> 2] = 0;
    return NDIS_STATUS.NDIS_STATUS_NOT_SUPPORTED;
  }

  deregisterDevice(handle: Handle): void {
    this.devices.deregister(handle);
  }

  deviceExtension(device: Address): Address {
    return this.devices.extension(device);
  }

  /** FilterRestart. @throws DriverStartError when it fails, or does not end: the module is paused as before */
  private restart(parameters: FilterParameters): void {
    this.state = "restarting";
    this.restartStatus = NDIS_STATUS.NDIS_STATUS_PENDING;
    const { u32 } = this.machine.memory;
    const list = (parameters.restart + NDIS_FILTER_RESTART_PARAMETERS.offset.RestartAttributes) >>> 2;
    const attributes = new RestartAttributes(this.machine, this.verifier);
    u32[list] = attributes.lend();
    const status = this.call("RestartHandler", this.moduleContext, parameters.restart);
    // A handler that says PENDING may have called NdisFRestartComplete before it returned.
    if (status !== NDIS_STATUS.NDIS_STATUS_PENDING) this.restartStatus = status;
    this.settle();
    attributes.takeBack(u32[list]);
    this.state = this.restartStatus === NDIS_STATUS.NDIS_STATUS_SUCCESS ? "running" : "paused";
    if (this.restartStatus === NDIS_STATUS.NDIS_STATUS_PENDING)
      throw new DriverStartError(
        "FilterRestart answered NDIS_STATUS_PENDING, and NdisFRestartComplete was never called",
      );
    if (this.state !== "running")
      throw new DriverStartError(`FilterRestart failed with ${statusName(this.restartStatus)}`);
  }

  /** FilterPause, and whatever is on its way comes back; a pause that does not end is reported. */
  private pause(): void {
    this.state = "pausing";
    const status = this.call("PauseHandler", this.moduleContext, this.parameters?.pause ?? 0);
    if (status !== NDIS_STATUS.NDIS_STATUS_PENDING) this.state = "paused";
    const quiet = this.settle();
    const kept = this.path?.reportKept() ?? false;
    // A pause that waits for lists which are lost cannot complete: they are the mistake.
    if (kept) return;
    if (!quiet)
      this.report(
        "PauseHandler",
        "was called, and the driver starts something new whenever something has come back; start nothing from FilterPause on.",
      );
    else if (this.stateNow !== "paused")
      this.reportUnfinished(
        "PauseHandler",
        "NdisFPauseComplete was never called; complete the pause when the last list has come back",
      );
  }

  /** For the compiler, which does not see that handlers change the state. */
  private get stateNow(): State {
    return this.state;
  }

  /**
   * Lets lists and requests that are on their way arrive, and what the driver starts then. False when the driver does
   * not come to rest: the next event goes on with it.
   */
  private settle(): boolean {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const requests = this.oids?.pump() ?? false;
      const lists = this.path?.pump() ?? false;
      if (!requests && !lists) return true;
    }
    return false;
  }

  private call(name: HandlerName, a = 0, b = 0, c = 0): number {
    const callback = this.filter?.handlers.get(name);
    return callback === undefined
      ? NDIS_STATUS.NDIS_STATUS_SUCCESS
      : this.driver.invoke(callback, IRQL.PASSIVE_LEVEL, a, b, c);
  }

  private reportUnfinished(name: HandlerName, what: string): void {
    this.report(name, `answered NDIS_STATUS_PENDING, and ${what}.`);
  }

  /** TIME-WATCHDOG, of what a handler began. */
  private report(name: HandlerName, what: string): void {
    const callback = this.filter?.handlers.get(name);
    if (callback === undefined) return;
    this.verifier?.report("TIME-WATCHDOG", `${callback.name} ${what}`, { at: this.driver.placeOf(callback) });
  }

  /** A value for the handle of a filter, and with the first one all that its module will need; 0 when memory is short. */
  private newFilter(): Handle {
    try {
      if (this.parameters === undefined) {
        this.parameters = new FilterParameters(this.machine, this.blocks);
        this.moduleHandle = this.parameters.module;
      }
      return this.blocks.handle();
    } catch (error) {
      if (error instanceof DriverStartError) return 0;
      throw error;
    }
  }
}
