import { SCALARS } from "./scalar.js";
import {
  type Callback,
  CONSTANTS,
  type ConstantsMark,
  type Enumeration,
  type FieldType,
  type Structure,
} from "./structure.js";

/** Anything the layer declares that has a C text. */
export type Declaration = Structure<string> | Enumeration | Callback | (object & ConstantsMark);

const pad = (depth: number): string => "    ".repeat(depth);

function memberText(name: string, type: FieldType, depth: number): string {
  const label = name.startsWith("$") ? "" : ` ${name}`;
  if (typeof type === "string") {
    const array = /^(.*)\[(\d+)\]$/.exec(type);
    return array === null ? `${pad(depth)}${type}${label};\n` : `${pad(depth)}${array[1]}${label}[${array[2]}];\n`;
  }
  switch (type.kind) {
    case "structure":
    case "enumeration":
      return `${pad(depth)}${type.name}${label};\n`;
    case "callback":
      return `${pad(depth)}${type.pointer}${label};\n`;
    case "array":
      return memberText(name, type.of, depth).replace(/;\n$/, `[${type.length}];\n`);
    case "aligned":
      return `${pad(depth)}DECLSPEC_ALIGN(${type.align}) ${memberText(name, type.of, depth).trimStart()}`;
    case "bits":
      return Object.entries(type.widths)
        .map(([bit, width]) => `${pad(depth)}${type.unit}${bit.startsWith("$") ? "" : ` ${bit}`} : ${width};\n`)
        .join("");
    case "aggregate":
      return `${pad(depth)}${type.union ? "union" : "struct"}${type.tag === undefined ? "" : ` ${type.tag}`} {\n${membersText(type.fields as Record<string, FieldType>, depth + 1)}${pad(depth)}}${label};\n`;
  }
}

const membersText = (members: Readonly<Record<string, FieldType>>, depth: number): string =>
  Object.entries(members)
    .map(([name, type]) => memberText(name, type, depth))
    .join("");

const hex = (value: number): string =>
  `0x${value
    .toString(16)
    .toUpperCase()
    .padStart(value > 0xffff ? 8 : 1, "0")}`;

export function scalarText(): string {
  return Object.values(SCALARS)
    .map(({ name, c }) => `typedef ${c}${c.endsWith("*") ? "" : " "}${name};\ntypedef ${name} *P${name};\n`)
    .join("");
}

export const isConstants = (value: object): value is ConstantsMark => CONSTANTS in value;

/** `typedef struct _X X, *PX;` of every structure, so that members may name structures declared later. */
export function forwardText(declarations: readonly Declaration[]): string {
  let text = "";
  for (const declaration of declarations) {
    if (isConstants(declaration) || declaration.kind !== "structure") continue;
    const { name, tag, pointers, aliases } = declaration;
    const keyword = declaration.union ? "union" : "struct";
    const names = [name, ...pointers.map((p) => `*${p}`), ...aliases.flatMap((alias) => [alias, `*P${alias}`])];
    text += `typedef ${keyword} ${tag} ${names.join(", ")};\n`;
  }
  return text;
}

function structureText({ union, tag, members, align, pack }: Structure<string>): string {
  const text = `${union ? "union" : "struct"} ${tag} {\n${membersText(members, 1)}};\n`;
  return pack > align ? text : `#pragma pack(push, ${pack})\n${text}#pragma pack(pop)\n`;
}

export function declarationText(declaration: Declaration): string {
  if (isConstants(declaration)) {
    const { values, c } = declaration[CONSTANTS];
    return Object.entries(values)
      .map(([name, value]) => `#define ${name} ${c === undefined ? hex(value) : `((${c})${hex(value)}L)`}\n`)
      .join("");
  }
  switch (declaration.kind) {
    case "structure":
      return declaration.opaque ? "" : structureText(declaration);
    case "enumeration": {
      const values = Object.entries(declaration.values).map(([name, value]) => `    ${name} = ${value}`);
      return `typedef enum ${declaration.tag} {\n${values.join(",\n")}\n} ${declaration.name}, *P${declaration.name};\n`;
    }
    case "callback": {
      const call = /^(.*?)\s*(\(.*\))$/s.exec(declaration.c);
      if (call === null) throw new TypeError(`layout: ${declaration.name} has no parameter list`);
      return `typedef ${call[1]} ${declaration.name}${call[2]};\ntypedef ${declaration.name} (*${declaration.pointer});\n`;
    }
  }
}
