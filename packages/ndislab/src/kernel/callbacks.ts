import { DriverFault } from "./driver-fault.js";

/** A function pointer of C: an index into the driver's function table, or a number issued by `register`. */
export type FunctionPointer = number;

type Callable = (...args: number[]) => number;

/** Numbers from here on are functions of the host, far above any function table. */
const FIRST_HOST_POINTER = 0x4000_0000;

/**
 * Turns C function pointers into something callable. The driver loader supplies the functions of its table; code in
 * TypeScript registers its own and hands the number out wherever a function pointer is asked for.
 */
export class Callbacks {
  private readonly registered: Callable[] = [];

  /** Answers for pointers into the driver's function table; undefined for a number that is none. */
  resolveDriver: (pointer: FunctionPointer) => Callable | undefined = () => undefined;

  /** The address of an exported function of the system that C can call, made by the driver loader; 0 for an unknown name. */
  routineAddress: (name: string) => FunctionPointer = () => 0;

  register(callable: Callable): FunctionPointer {
    this.registered.push(callable);
    return FIRST_HOST_POINTER + this.registered.length - 1;
  }

  /** The function behind a pointer. Fetch it once and keep it: the look-up costs more than the call. */
  resolve(pointer: FunctionPointer): Callable {
    const callable =
      pointer >= FIRST_HOST_POINTER ? this.registered[pointer - FIRST_HOST_POINTER] : this.resolveDriver(pointer);
    if (callable === undefined) throw new BadFunctionPointer(pointer);
    return callable;
  }
}

/** A driver handed out a number that is no function of its. */
export class BadFunctionPointer extends DriverFault {
  override readonly name = "BadFunctionPointer";
  constructor(readonly pointer: FunctionPointer) {
    super(`${pointer} is not a function of the driver`);
  }
}
