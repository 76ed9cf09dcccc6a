import type { DdiName, RuleId } from "ndislab";

/** What pages of every kind say. Names in backticks become links where there is a page of that name. */
interface CommonPage {
  /** One sentence. */
  readonly summary: string;
  /** Lines, at most 76 characters wide, that stand before the remarks as they are. */
  readonly drawing?: readonly string[];
  /** Paragraphs. */
  readonly remarks?: readonly string[];
  /** What documents leave open or contradict, and what is done here. */
  readonly decisions?: readonly string[];
  readonly related?: readonly string[];
  /** Name of the files in `examples/`. */
  readonly example: string;
}

/** The words of a function's or macro's page. The facts are in the DDI table. */
export interface DdiPage extends CommonPage {
  /** By the names of the prototype, in its order; left out where it has none. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** What comes back; left out for VOID. */
  readonly returns?: string;
  /** Who owns what afterwards. */
  readonly ownership?: string;
  /** What a failure looks like, and the state of the arguments then. */
  readonly failure?: string;
  /** Rules of the verifier that a call can break, beside the IRQL rule of the table. */
  readonly rules?: readonly RuleId[];
  /** Only a loaded driver can call it: there is no example in TypeScript. */
  readonly driverOnly?: boolean;
}

/** The words of a structure's or enumeration's page. The layout itself has the facts. */
export interface StructurePage extends CommonPage {
  /** What each member is, by its name in the layout. */
  readonly members: Readonly<Record<string, string>>;
  readonly ownership?: string;
  readonly rules?: readonly RuleId[];
}

/** Pages of one family. */
export type DdiPages = { readonly [K in DdiName]?: DdiPage };
export type StructurePages = Readonly<Record<string, StructurePage>>;
