import type { DdiName } from "../ddi/table.js";
import { NTSTATUS } from "../layout/status.js";
import type { Address } from "../memory/address.js";
import type { Guards } from "./guards.js";
import {
  checkFunctions,
  checkInitialization,
  checkLevelOfEntries,
  checkList,
  deleting,
  givenBack,
  handedOut,
} from "./lookaside-checks.js";
import type { ResidentKind } from "./residents.js";
import type { Verifier } from "./verifier.js";

interface ListFacts {
  readonly kind: ResidentKind;
  readonly initialize: DdiName;
  readonly delete: DdiName;
}

const NPAGED: ListFacts = {
  kind: "NPAGED_LOOKASIDE_LIST",
  initialize: "NdisInitializeNPagedLookasideList",
  delete: "NdisDeleteNPagedLookasideList",
};

const EX: ListFacts = {
  kind: "LOOKASIDE_LIST_EX",
  initialize: "ExInitializeLookasideListEx",
  delete: "ExDeleteLookasideListEx",
};

type Initialize = (
  list: Address,
  allocate: number,
  free: number,
  flags: number,
  size: number,
  tag: number,
  depth: number,
) => void;

const initialize =
  (name: DdiName) =>
  (next: Initialize, v: Verifier): Initialize =>
  (list, allocate, free, flags, size, tag, depth) => {
    if (!checkInitialization(v, name, list, NPAGED.kind, size, NPAGED.delete)) return;
    const both = checkFunctions(v, name, list, NPAGED.kind, allocate, free);
    next(list, both ? allocate : 0, both ? free : 0, flags, size, tag, depth);
    v.residents.begin(list, NPAGED.kind, v.site);
  };

const allocate =
  (name: DdiName, { kind, initialize }: ListFacts) =>
  (next: (list: Address) => Address, v: Verifier) =>
  (list: Address): Address => {
    if (!checkList(v, name, list, kind, initialize)) return 0;
    checkLevelOfEntries(v, name, list);
    return handedOut(v, list, next(list));
  };

const free =
  (name: DdiName, { kind, initialize }: ListFacts) =>
  (next: (list: Address, entry: Address) => void, v: Verifier) =>
  (list: Address, entry: Address): void => {
    if (!checkList(v, name, list, kind, initialize)) {
      v.broken.add(entry);
      return;
    }
    checkLevelOfEntries(v, name, list);
    const taker = givenBack(v, name, list, entry);
    if (taker !== 0) next(taker, entry);
  };

const remove =
  (name: DdiName, { kind, initialize }: ListFacts) =>
  (next: (list: Address) => void, v: Verifier) =>
  (list: Address): void => {
    if (!checkList(v, name, list, kind, initialize)) return;
    checkLevelOfEntries(v, name, list);
    deleting(v, name, list);
    next(list);
  };

export const LOOKASIDE_GUARDS: Guards = {
  NdisInitializeNPagedLookasideList: initialize("NdisInitializeNPagedLookasideList"),
  NdisAllocateFromNPagedLookasideList: allocate("NdisAllocateFromNPagedLookasideList", NPAGED),
  NdisFreeToNPagedLookasideList: free("NdisFreeToNPagedLookasideList", NPAGED),
  NdisDeleteNPagedLookasideList: remove("NdisDeleteNPagedLookasideList", NPAGED),
  ExInitializeNPagedLookasideList: initialize("ExInitializeNPagedLookasideList"),
  ExAllocateFromNPagedLookasideList: allocate("ExAllocateFromNPagedLookasideList", NPAGED),
  ExFreeToNPagedLookasideList: free("ExFreeToNPagedLookasideList", NPAGED),
  ExDeleteNPagedLookasideList: remove("ExDeleteNPagedLookasideList", NPAGED),
  ExInitializeLookasideListEx: (next, v) => (list, given, freed, type, flags, size, tag, depth) => {
    const name = "ExInitializeLookasideListEx";
    if (!checkInitialization(v, name, list, EX.kind, size, EX.delete)) return NTSTATUS.STATUS_SUCCESS;
    const both = checkFunctions(v, name, list, EX.kind, given, freed);
    const status = next(list, both ? given : 0, both ? freed : 0, type, flags, size, tag, depth);
    if (status === NTSTATUS.STATUS_SUCCESS) v.residents.begin(list, EX.kind, v.site);
    return status;
  },
  ExAllocateFromLookasideListEx: allocate("ExAllocateFromLookasideListEx", EX),
  ExFreeToLookasideListEx: free("ExFreeToLookasideListEx", EX),
  ExFlushLookasideListEx: (next, v) => (list) => {
    if (!checkList(v, "ExFlushLookasideListEx", list, EX.kind, EX.initialize)) return;
    checkLevelOfEntries(v, "ExFlushLookasideListEx", list);
    next(list);
  },
  ExDeleteLookasideListEx: remove("ExDeleteLookasideListEx", EX),
};
