import type { Machine } from "../ddi/machine.js";
import type { Ddi, DdiName } from "../ddi/table.js";
import type { Address, Handle } from "../memory/address.js";
import { NativeModule } from "../memory/native-module.js";
import { GUARDS_CODE } from "./guards-code.js";
import type { Ledger } from "./ledger.js";

/** The functions of native/guards.c. */
interface NativeGuards extends Readonly<Partial<Record<DdiName, unknown>>> {
  isSound(nb: Address): number;
  mayGoOn(nbl: Address, filter: Handle): number;
  mayGoBack(nbl: Address, sent: number): number;
  mayBeFreed(nbl: Address): number;
  arrived(lists: Address, received: number): void;
  passed(lists: Address, filter: Handle, way: number): number;
  givenBack(lists: Address, sent: number): number;
  cameBack(lists: Address): Address;
  areBalanced(lists: Address): number;
}

const module = new NativeModule(GUARDS_CODE);

/** The functions of NDIS that are there: `PlainLists.guards` asks for them. */
export const guardedNames = (): DdiName[] => module.importsFrom("guarded") as DdiName[];

/**
 * Most lists are plain: one NET_BUFFER with its data in one MDL, and everything as it should be. Each question below is
 * answered by native code from a few words at once, and yes means that none of the rules which stand behind it has
 * anything to say; so they are asked one by one only after a no. See native/guards.c.
 */
export class PlainLists {
  private readonly native: NativeGuards;

  constructor(
    private readonly machine: Machine,
    private readonly ledger: Ledger,
  ) {
    this.native = this.instance(() => () => {
      throw new Error("a question never calls a function of NDIS");
    });
  }

  /** The functions that a driver is linked to: what is plain never leaves WebAssembly, the rest goes to `guarded`. */
  guards(guarded: Ddi): Readonly<Partial<Record<DdiName, unknown>>> {
    return this.instance((name) => guarded[name]);
  }

  /** `checkNetBuffer`: a NET_BUFFER that is alive and with the driver, of sound geometry. */
  isSound(nb: Address): boolean {
    return this.native.isSound(nb) !== 0;
  }

  /** `checkPassed`: a list that the driver may pass on by the call of this filter, either way. */
  mayGoOn(nbl: Address, filter: Handle): boolean {
    return this.native.mayGoOn(nbl, filter) !== 0;
  }

  /** `checkGivenBack`: another driver's list as it goes back to it; `sent` when that is the end of a send. */
  mayGoBack(nbl: Address, sent: boolean): boolean {
    return this.native.mayGoBack(nbl, sent ? 1 : 0) !== 0;
  }

  /** NdisFreeNetBufferList's `checkFree`: a list of the driver's with nothing on it but what came with it. */
  mayBeFreed(nbl: Address): boolean {
    return this.native.mayBeFreed(nbl) !== 0;
  }

  /** Takes note of a chain of another driver's lists that is about to be handed to this one. */
  arrived(lists: Address, received: boolean): void {
    this.native.arrived(lists, received ? 1 : 0);
  }

  /**
   * All of `checkPassed` and `passOn` for a chain of plain lists; false, and nothing done, for any other.
   * @param way as in a holder; 0 when the driver has the lists still after the call
   */
  passed(lists: Address, filter: Handle, way: number): boolean {
    return this.native.passed(lists, filter, way) !== 0;
  }

  /** All of `checkGivenBack` for a chain of plain lists; false, and nothing done, for any other. */
  givenBack(lists: Address, sent: boolean): boolean {
    return this.native.givenBack(lists, sent ? 1 : 0) !== 0;
  }

  /** `cameBack` for the lists of a chain, up to the first that is not plain: that one, or 0. */
  cameBack(lists: Address): Address {
    return this.native.cameBack(lists) >>> 0;
  }

  /** `listIsBack` for every list of a chain, which are lists: whether it has nothing to say. */
  areBalanced(lists: Address): boolean {
    return this.native.areBalanced(lists) !== 0;
  }

  private instance(functionOf: (name: DdiName) => unknown): NativeGuards {
    return module.over(this.machine.memory.wasm, this.machine.memory.shared, {
      ledger: this.ledger.native,
      guarded: Object.fromEntries(guardedNames().map((name) => [name, functionOf(name)])),
    });
  }
}
