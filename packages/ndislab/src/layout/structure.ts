import { SCALARS, type ScalarName } from "./scalar.js";

/** A pointer, by what it points to, or a scalar, or an array of either: `"PVOID"`, `"NET_BUFFER *"`, `"UCHAR[6]"`. */
type Base = ScalarName | `${string}*`;
export type FieldText = Base | `${Base}[${number}]`;

/** Anything a field can be made of. */
export type FieldType =
  | FieldText
  | Structure<string>
  | Enumeration
  | Callback
  | ArrayOf
  | Aligned
  | Bits
  | Aggregate<Record<string, unknown>>;

export interface ArrayOf {
  readonly kind: "array";
  readonly of: FieldType;
  readonly length: number;
}

/** `DECLSPEC_ALIGN(MEMORY_ALLOCATION_ALIGNMENT)`: 8 on x86. */
export interface Aligned {
  readonly kind: "aligned";
  readonly of: FieldType;
  readonly align: number;
}

/** One unit filled with bit-fields, lowest bits first. They have no address, hence no offset of their own. */
export interface Bits {
  readonly kind: "bits";
  readonly unit: ScalarName;
  readonly widths: Readonly<Record<string, number>>;
}

/** A struct or union written inside another one. */
export interface Aggregate<F> {
  readonly kind: "aggregate";
  readonly union: boolean;
  readonly fields: F;
  /** Its own name in C, if it has one. */
  readonly tag?: string;
}

/**
 * Members whose key starts with `$` have no name in C: their members count as members of the outer structure.
 * Members of named ones are reached by path, as in C: `"DATA.QUERY_INFORMATION.Oid"`.
 */
export type FieldNames<F> = MemberNames<F, keyof F & string>;
type MemberNames<F, K extends keyof F & string> = K extends `$${string}`
  ? F[K] extends Aggregate<infer I>
    ? FieldNames<I>
    : F[K] extends Structure<infer N>
      ? N
      : never
  : F[K] extends Aggregate<infer I>
    ? K | `${K}.${FieldNames<I>}`
    : F[K] extends Structure<infer N>
      ? K | `${K}.${N}`
      : K;

export interface Field {
  readonly name: string;
  /** Bytes from the start of the outermost structure. */
  readonly offset: number;
  readonly size: number;
  readonly signed: boolean;
}

/** A bit-field of the unit at `offset`: `width` bits from bit `first` on, counted from the lowest. */
export interface BitField {
  readonly name: string;
  readonly offset: number;
  readonly first: number;
  readonly width: number;
}

export interface Structure<N extends string> {
  readonly kind: "structure";
  readonly name: string;
  readonly tag: string;
  readonly pointers: readonly string[];
  /** Further names of the same type, each with its `P…` pointer: `PHYSICAL_ADDRESS` for `LARGE_INTEGER`. */
  readonly aliases: readonly string[];
  readonly members: Readonly<Record<string, FieldType>>;
  readonly union: boolean;
  /** Bytes, padded to `align`. */
  readonly size: number;
  readonly align: number;
  /** Byte offset of every member, those of inner unions and structs included. */
  readonly offset: { readonly [K in N]: number };
  readonly fields: readonly Field[];
  readonly bitFields: readonly BitField[];
  /** `#pragma pack`: no member is aligned to more than this. */
  readonly pack: number;
  /** Emitted as a forward declaration only: drivers see a pointer to it. */
  readonly opaque: boolean;
}

export interface Enumeration {
  readonly kind: "enumeration";
  readonly name: string;
  readonly tag: string;
  readonly values: Readonly<Record<string, number>>;
}

/** A function type of the headers and the pointer type to it. */
export interface Callback {
  readonly kind: "callback";
  /** Function type, for example `FILTER_ATTACH`. */
  readonly name: string;
  /** Pointer type, for example `FILTER_ATTACH_HANDLER`. */
  readonly pointer: string;
  /** Return type and parameters with `(*)` left out: `"VOID (NDIS_HANDLE Context)"`. */
  readonly c: string;
}

/** What a member takes, and the members inside it by their offset from its start. */
interface Shape {
  readonly size: number;
  readonly align: number;
  readonly signed: boolean;
  readonly fields: readonly Field[];
  readonly bitFields: readonly BitField[];
}

const simple = (size: number, align: number, signed: boolean): Shape => ({
  size,
  align,
  signed,
  fields: [],
  bitFields: [],
});

const POINTER = simple(4, 4, false);
const ENUMERATION = simple(4, 4, true);

/** More than any alignment there is. */
const UNPACKED = 128;

const roundUp = (value: number, align: number): number => Math.ceil(value / align) * align;

/** Shape of a type as a member: `#pragma pack` lowers its alignment. */
function shapeOf(type: FieldType, pack = UNPACKED): Shape {
  const shape = naturalShape(type, pack);
  return shape.align > pack ? { ...shape, align: pack } : shape;
}

function naturalShape(type: FieldType, pack: number): Shape {
  if (typeof type === "string") return textShape(type);
  switch (type.kind) {
    case "structure":
      return { size: type.size, align: type.align, signed: false, fields: type.fields, bitFields: type.bitFields };
    case "enumeration":
      return ENUMERATION;
    case "callback":
      return POINTER;
    case "bits":
      return { ...shapeOf(type.unit), bitFields: bitsOf(type) };
    case "array": {
      const one = shapeOf(type.of);
      return simple(one.size * type.length, one.align, one.signed);
    }
    case "aligned": {
      const one = shapeOf(type.of);
      return simple(one.size, Math.max(one.align, type.align), one.signed);
    }
    case "aggregate":
      return place(type.fields as Record<string, FieldType>, { union: type.union, pack });
  }
}

/** The same texts come a thousand times while the structures are declared. */
const textShapes = new Map<FieldText, Shape>();

function textShape(type: FieldText): Shape {
  let shape = textShapes.get(type);
  if (shape === undefined) {
    shape = readText(type);
    textShapes.set(type, shape);
  }
  return shape;
}

function readText(type: FieldText): Shape {
  const array = /^(.*)\[(\d+)\]$/.exec(type);
  if (array !== null) {
    const one = textShape(array[1] as FieldText);
    return simple(one.size * Number(array[2]), one.align, one.signed);
  }
  if (type.endsWith("*")) return POINTER;
  const scalar = SCALARS[type as ScalarName];
  if (scalar === undefined) throw new TypeError(`layout: no scalar type ${type}`);
  return simple(scalar.size, scalar.size, scalar.signed);
}

interface Rules {
  readonly union: boolean;
  readonly pack: number;
}

/** Lays members out. */
function place(members: Readonly<Record<string, FieldType>>, { union, pack }: Rules): Shape {
  const fields: Field[] = [];
  const bitFields: BitField[] = [];
  let cursor = 0;
  let size = 0;
  let align = 1;
  for (const [key, type] of Object.entries(members)) {
    const shape = shapeOf(type, pack);
    const offset = union ? 0 : roundUp(cursor, shape.align);
    const named = !key.startsWith("$");
    if (named) fields.push({ name: key, offset, size: shape.size, signed: shape.signed });
    const path = named ? `${key}.` : "";
    for (const { name, offset: inside, size, signed } of shape.fields)
      fields.push({ name: path + name, offset: offset + inside, size, signed });
    for (const { name, offset: inside, first, width } of shape.bitFields)
      bitFields.push({ name: path + name, offset: offset + inside, first, width });
    cursor = offset + shape.size;
    size = Math.max(size, cursor);
    align = Math.max(align, shape.align);
  }
  return { size: roundUp(size, align), align, signed: false, fields, bitFields };
}

/** The bit-fields of one unit that have a name. */
function bitsOf({ widths }: Bits): BitField[] {
  let first = 0;
  return Object.entries(widths).flatMap(([name, width]) => {
    const field = { name, offset: 0, first, width };
    first += width;
    return name.startsWith("$") ? [] : [field];
  });
}

interface Options {
  /** `_NAME` unless given. */
  readonly tag?: string;
  /** `["PNAME"]` unless given. */
  readonly pointers?: readonly string[];
  readonly aliases?: readonly string[];
  readonly union?: boolean;
  readonly pack?: number;
  readonly opaque?: boolean;
}

/** Declares one C structure. Its C text, its accessors, its layout test and its reference page derive from this. */
export function structure<const F extends Readonly<Record<string, FieldType>>>(
  name: string,
  members: F,
  options: Options = {},
): Structure<FieldNames<F>> {
  const { union = false, pack = UNPACKED } = options;
  const { size, align, fields, bitFields } = place(members, { union, pack });
  const offset = Object.fromEntries(fields.map((field) => [field.name, field.offset]));
  return {
    kind: "structure",
    name,
    tag: options.tag ?? `_${name}`,
    pointers: options.pointers ?? [`P${name}`],
    aliases: options.aliases ?? [],
    members,
    union,
    size,
    align,
    offset: offset as { readonly [K in FieldNames<F>]: number },
    fields,
    bitFields,
    pack,
    opaque: options.opaque ?? false,
  };
}

/** A structure that drivers know only by its address: `typedef struct _NAME NAME, *PNAME;`. */
export const opaque = (name: string, options: Options = {}): Structure<never> =>
  structure(name, {}, { ...options, opaque: true });

export const union = <const F extends Readonly<Record<string, FieldType>>>(fields: F, tag?: string): Aggregate<F> => ({
  kind: "aggregate",
  union: true,
  fields,
  ...(tag !== undefined && { tag }),
});

export const inner = <const F extends Readonly<Record<string, FieldType>>>(fields: F, tag?: string): Aggregate<F> => ({
  kind: "aggregate",
  union: false,
  fields,
  ...(tag !== undefined && { tag }),
});

/** `bits("ULONG64", { Reserved: 24, NetLuidIndex: 24, IfType: 16 })`: together they fill the unit. */
export function bits(unit: ScalarName, widths: Readonly<Record<string, number>>): Bits {
  const sum = Object.values(widths).reduce((a, b) => a + b, 0);
  if (sum !== SCALARS[unit].size * 8) throw new TypeError(`layout: ${sum} bits do not fill ${unit}`);
  return { kind: "bits", unit, widths };
}

/** Bytes from the start of a structure to the end of a member: the headers' `RTL_SIZEOF_THROUGH_FIELD`. */
export function sizeThrough<N extends string>(of: Structure<N>, last: N): number {
  const field = of.fields.find(({ name }) => name === last);
  if (field === undefined) throw new TypeError(`layout: ${of.name} has no member ${last}`);
  return field.offset + field.size;
}

export const array = (of: FieldType, length: number): ArrayOf => ({ kind: "array", of, length });

/** MEMORY_ALLOCATION_ALIGNMENT of x86, in bytes. */
export const MEMORY_ALLOCATION_ALIGNMENT = 8;

/** `DECLSPEC_ALIGN(MEMORY_ALLOCATION_ALIGNMENT)`, which the documents' syntax blocks leave out and the headers have. */
export const aligned = (of: FieldType): Aligned => ({ kind: "aligned", of, align: MEMORY_ALLOCATION_ALIGNMENT });

export const enumeration = <const V extends Readonly<Record<string, number>>>(
  name: string,
  values: V,
  tag = `_${name}`,
): Enumeration & { readonly values: V } => ({ kind: "enumeration", name, tag, values });

/** `callback("FILTER_ATTACH", "NDIS_STATUS (NDIS_HANDLE …)")`; the pointer type is `FILTER_ATTACH_HANDLER` unless given. */
export const callback = (name: string, c: string, pointer = `${name}_HANDLER`): Callback => ({
  kind: "callback",
  name,
  pointer,
  c,
});

/** Constants that the headers give as macros. */
export interface Constants {
  readonly kind: "constants";
  readonly values: Readonly<Record<string, number>>;
  /** The C type each is cast to, if any: `((NDIS_STATUS)0xC0000001L)`. */
  readonly c?: ScalarName;
}

export const constants = <const V extends Readonly<Record<string, number>>>(
  values: V,
  c?: ScalarName,
): V & ConstantsMark => {
  Object.defineProperty(values, CONSTANTS, {
    value: { kind: "constants", values, ...(c && { c }) } satisfies Constants,
  });
  return values as V & ConstantsMark;
};

/** Where `constants` keeps what the header text needs, out of the way of the values. */
export const CONSTANTS: unique symbol = Symbol("constants");
export interface ConstantsMark {
  readonly [CONSTANTS]: Constants;
}
