import type { DdiPages, StructurePages } from "../page.js";
import { DEBUG_PAGES } from "./debug.js";

/** The words of every DDI's page. */
export const DDI_PAGES: DdiPages = {
  ...DEBUG_PAGES,
};

/** The words of every structure's page. */
export const STRUCTURE_PAGES: StructurePages = {};
