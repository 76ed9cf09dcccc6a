import { Machine } from "../ddi/machine.js";
import { createDdi, DDI_NAMES, type DdiName } from "../ddi/table.js";
import { DRIVER_OBJECT } from "../layout/driver-object.js";
import { IRQL } from "../layout/spin-lock.js";
import { statusName } from "../layout/status.js";
import { alignUp } from "../memory/address.js";
import { readField, writeFields } from "../memory/fields.js";
import { SITE_CELL } from "../memory/memory.js";
import type { PoolReport } from "../memory/slot-pool.js";
import { poolTag } from "../memory/tag.js";
import type { Profile } from "../ndis5/index.js";
import type { Finding, SourceLocation } from "../verifier/finding.js";
import { guardedNames } from "../verifier/plain-lists.js";
import { RULES } from "../verifier/rule.js";
import { Verifier } from "../verifier/verifier.js";
import type { DataPath, Direction, FrameSink } from "./data-path.js";
import { DriverStartError } from "./driver-errors.js";
import { type DriverImage, sourceLocation } from "./driver-image.js";
import { FaultPlan, type Faults, type PlannedFault } from "./fault-plan.js";
import { FilterStack } from "./filter-stack.js";
import { HostBlocks } from "./host-blocks.js";
import { type Callback, LoadedDriver } from "./loaded-driver.js";
import { nativeDdis, nativeNames } from "./native-ddis.js";

export interface SessionOptions {
  readonly direction?: Direction;
  /** Bytes of the address space, 256 MiB unless given. */
  readonly memorySize?: number;
  readonly profile?: Profile;
  /** False leaves the verifier out altogether. */
  readonly verify?: boolean;
  /** Also looks for overruns whenever a callback has returned. */
  readonly thorough?: boolean;
  /** Milliseconds that one callback may run; 0 for no limit. */
  readonly timeout: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** Requests of the driver that fail, to see it clean up after them. */
  readonly faults?: Faults;
  readonly sink?: FrameSink;
  readonly print?: (text: string) => void;
  readonly onFinding?: (finding: Finding) => void;
}

/**
 * One life of one driver, from DriverEntry to DriverUnload, with frames in between. Every step that runs C may throw
 * DriverDeadError, after which only the report is left; `start` may throw DriverStartError.
 */
export class DriverSession {
  readonly machine: Machine;
  readonly findings: Finding[];
  private readonly faults: FaultPlan;
  private readonly verifier: Verifier | undefined;
  private readonly stack: FilterStack;
  private readonly driver: LoadedDriver;
  private readonly blocks: HostBlocks;
  private driverObject = 0;
  private unload: Callback | undefined;
  private started = false;

  constructor(
    private readonly image: DriverImage,
    options: SessionOptions,
  ) {
    this.machine = new Machine({
      memorySize: options.memorySize ?? 256 << 20,
      poolBase: alignUp(image.memory.heapBase, 0x10000),
      profile: options.profile ?? "strict",
      print: options.print ?? (() => {}),
    });
    this.blocks = new HostBlocks(this.machine, poolTag("NDdo"));
    const locate = (site: number) => sourceLocation(image.symbols.site(site));
    const onFinding = options.onFinding ?? (() => {});
    if (options.verify !== false)
      this.verifier = new Verifier(this.machine, { locate, onFinding, thorough: options.thorough ?? false });
    this.findings = this.verifier?.findings ?? [];
    this.faults = new FaultPlan(this.machine, options.faults ?? {}, () => this.callSite());
    const names = [...namesCalled(image), ...nativeNames(), ...guardedNames()];
    const all = createDdi(this.machine, [...new Set(names)]);
    const native = nativeDdis(this.machine, all);
    const bare = this.faults.wrap(all);
    const ddi = this.verifier?.wrap(bare) ?? bare;
    this.stack = new FilterStack(
      this.machine,
      native,
      this.verifier,
      options.direction ?? "receive",
      options.sink ?? (() => {}),
    );
    this.machine.model = this.stack;
    const linked = this.verifier === undefined ? native : this.verifier.plain.guards(ddi);
    const direct = this.faults.countsCalls ? undefined : linked;
    this.driver = new LoadedDriver(this.machine, image, ddi, direct, this.verifier, options, (rule, message, at) => {
      const finding: Finding = {
        rule,
        severity: RULES[rule][0],
        message,
        at,
        allocatedAt: null,
        object: null,
        count: 1,
      };
      this.findings.push(finding);
      onFinding(finding);
    });
    this.stack.use(this.driver);
  }

  /** True once a filter of the driver is attached: frames can go through it. */
  get isFilter(): boolean {
    return this.stack.dataPath !== undefined;
  }

  get dataPath(): DataPath | undefined {
    return this.stack.dataPath;
  }

  /**
   * DriverEntry, and for a filter its attach and restart. A driver that refuses leaves nothing allocated either: that
   * is checked before DriverStartError is thrown.
   */
  start(): void {
    const { blocks } = this;
    this.driverObject = blocks.zeroed(DRIVER_OBJECT.size);
    writeFields(this.machine.memory, DRIVER_OBJECT, this.driverObject, { Type: 4, Size: DRIVER_OBJECT.size });
    const path = blocks.string(`\\REGISTRY\\MACHINE\\SYSTEM\\ControlSet001\\Services\\${this.image.name}`);
    const status = this.driver.invoke(this.driver.entry, IRQL.PASSIVE_LEVEL, this.driverObject, path);
    // NT_SUCCESS: the error and the warning statuses have the top bit.
    if (status >= 0x8000_0000) {
      this.finish();
      throw new DriverStartError(`DriverEntry failed with ${statusName(status)}`);
    }
    const unload = readField(this.machine.memory, DRIVER_OBJECT, this.driverObject, "DriverUnload");
    this.unload = this.driver.callback("DriverUnload", unload);
    this.started = true;
    try {
      if (this.stack.registered) this.stack.start();
    } catch (error) {
      if (error instanceof DriverStartError) this.stop();
      throw error;
    }
    if (this.verifier !== undefined) this.verifier.initializing = false;
  }

  /** Pause, detach and unload; then whatever is still allocated is reported. */
  stop(): void {
    if (!this.started) return;
    this.started = false;
    if (this.verifier !== undefined) this.verifier.unloading = true;
    this.stack.stop();
    if (this.unload !== undefined) this.driver.invoke(this.unload, IRQL.PASSIVE_LEVEL, this.driverObject);
    this.finish();
  }

  /** The C call that was made last. */
  callSite(): SourceLocation | null {
    return sourceLocation(this.image.symbols.site(this.machine.memory.u32[SITE_CELL >>> 2]));
  }

  /** The faults that were planned, and which of them the driver met. */
  plannedFaults(): PlannedFault[] {
    return this.faults.report();
  }

  /** The driver's pools, the freed ones too. */
  pools(): PoolReport[] {
    return this.machine.pools.report();
  }

  /** Nothing of the driver runs any more. */
  private finish(): void {
    this.verifier?.finish();
    this.stack.release();
    this.blocks.release();
  }
}

/** The functions that a driver can call: its imports, and every one when it can ask for an address by name. */
function namesCalled({ imports }: DriverImage): readonly DdiName[] {
  const names = new Set(imports.map(({ name }) => name));
  return names.has("MmGetSystemRoutineAddress") ? DDI_NAMES : DDI_NAMES.filter((name) => names.has(name));
}
