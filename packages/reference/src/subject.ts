import { type DdiEntry, type DdiName, DECLARATIONS, ENTRIES, type Enumeration, type Structure } from "ndislab";
import type { DdiPage, StructurePage } from "./page.js";
import { DDI_PAGES, STRUCTURE_PAGES } from "./pages/index.js";

/** What a page is about: its facts and its words. */
export type Subject =
  | { readonly kind: "ddi"; readonly name: string; readonly entry: DdiEntry; readonly page: DdiPage }
  | {
      readonly kind: "structure";
      readonly name: string;
      readonly layout: Structure<string> | Enumeration;
      readonly page: StructurePage;
    };

function allLayouts(): Map<string, Structure<string> | Enumeration> {
  const layouts = new Map<string, Structure<string> | Enumeration>();
  for (const declaration of DECLARATIONS)
    if ("kind" in declaration && (declaration.kind === "structure" || declaration.kind === "enumeration"))
      layouts.set(declaration.name, declaration as Structure<string> | Enumeration);
  return layouts;
}

/** Every structure and enumeration of the layouts, by name. */
export const LAYOUTS: ReadonlyMap<string, Structure<string> | Enumeration> = allLayouts();

function allSubjects(): Map<string, Subject> {
  const subjects = new Map<string, Subject>();
  for (const [name, entry] of Object.entries(ENTRIES)) {
    const page: DdiPage | undefined = DDI_PAGES[name as DdiName];
    if (page !== undefined) subjects.set(name, { kind: "ddi", name, entry, page });
  }
  for (const [name, page] of Object.entries(STRUCTURE_PAGES)) {
    const layout = LAYOUTS.get(name);
    if (layout === undefined) throw new Error(`there is a page of ${name}, which no layout declares`);
    subjects.set(name, { kind: "structure", name, layout, page });
  }
  return subjects;
}

/** Everything that has a page, by name: the DDIs in the order of their table, then the structures. */
export const SUBJECTS: ReadonlyMap<string, Subject> = allSubjects();
