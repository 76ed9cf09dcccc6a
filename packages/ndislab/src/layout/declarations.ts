import { type Declaration, declarationText, forwardText, isConstants, scalarText } from "./c-text.js";
import * as modules from "./modules.js";
import type { FieldType } from "./structure.js";

const isDeclaration = (value: unknown): value is Declaration =>
  typeof value === "object" &&
  value !== null &&
  (isConstants(value) || ("kind" in value && ["structure", "enumeration", "callback"].includes(String(value.kind))));

/** Identifiers in a C text that stand for something declared. */
const identifiers = (c: string): readonly string[] => c.match(/\w+/g) ?? [];

/**
 * Names and declarations that C must have seen before it can read this one. Structures named by pointer do not count:
 * the forward declarations stand in front of everything.
 */
function needs(declaration: Declaration): readonly (string | Declaration)[] {
  if (isConstants(declaration)) return [];
  switch (declaration.kind) {
    case "enumeration":
      return [];
    case "callback":
      return identifiers(declaration.c);
    case "structure":
      return Object.values(declaration.members).flatMap(memberNeeds);
  }
}

function memberNeeds(type: FieldType): readonly (string | Declaration)[] {
  if (typeof type === "string") return identifiers(type);
  switch (type.kind) {
    case "structure":
    case "enumeration":
    case "callback":
      return [type];
    case "array":
    case "aligned":
      return memberNeeds(type.of);
    case "aggregate":
      return Object.values(type.fields as Record<string, FieldType>).flatMap(memberNeeds);
    case "bits":
      return [];
  }
}

function inOrder(all: readonly Declaration[]): readonly Declaration[] {
  const named = new Map<string, Declaration>();
  for (const declaration of all) {
    if (isConstants(declaration)) continue;
    if (declaration.kind === "enumeration")
      named.set(declaration.name, declaration).set(`P${declaration.name}`, declaration);
    if (declaration.kind === "callback") named.set(declaration.name, declaration).set(declaration.pointer, declaration);
  }
  const ordered = new Set<Declaration>();
  const visit = (declaration: Declaration): void => {
    if (ordered.has(declaration)) return;
    for (const need of needs(declaration)) {
      const before = typeof need === "string" ? named.get(need) : need;
      if (before !== undefined && before !== declaration) visit(before);
    }
    ordered.add(declaration);
  };
  for (const declaration of all) visit(declaration);
  return [...ordered];
}

/** Everything the C headers take from this layer, each after what it needs. */
export const DECLARATIONS: readonly Declaration[] = inOrder(Object.values<unknown>(modules).filter(isDeclaration));

/** What the declarations themselves are written with. */
const PREAMBLE = "#define VOID void\n#define DECLSPEC_ALIGN(n) __attribute__((__aligned__(n)))\n";

/** The generated headers, by name: `ndislab/types.h` has scalars and forward declarations, `ndislab/structures.h` the rest. */
export function structureHeaders(): Map<string, string> {
  return new Map([
    ["ndislab/types.h", `#pragma once\n${PREAMBLE}${scalarText()}${forwardText(DECLARATIONS)}`],
    ["ndislab/structures.h", `#pragma once\n#include "ndislab/types.h"\n${DECLARATIONS.map(declarationText).join("")}`],
  ]);
}
