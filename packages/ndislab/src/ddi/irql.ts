import { IRQL } from "../layout/spin-lock.js";
import type { Address } from "../memory/address.js";
import { family } from "./entry.js";
import type { Machine } from "./machine.js";

const lower = (m: Machine) => (level: number) => m.irql.lower(level);

/** The level that the processor runs at. Whoever raises it lowers it to what it was. */
export const IRQLS = family(
  {
    family: "IRQL",
    header: "wdm.h",
    library: "ntoskrnl.lib",
    platform: "Universal",
    since: "Windows 2000",
  },
  {
    KeGetCurrentIrql: {
      c: "KIRQL KeGetCurrentIrql(VOID)",
      page: "wdm/nf-wdm-kegetcurrentirql",
      bind: (m) => () => m.irql.current,
    },
    KeRaiseIrql: {
      c: "VOID KeRaiseIrql(KIRQL NewIrql, PKIRQL OldIrql)",
      library: "hal.lib",
      page: "wdm/nf-wdm-keraiseirql",
      bind: (m) => (level: number, old: Address) => {
        m.memory.u8[old] = m.irql.raise(level);
      },
    },
    KeLowerIrql: {
      c: "VOID KeLowerIrql(KIRQL NewIrql)",
      library: "hal.lib",
      page: "wdm/nf-wdm-kelowerirql",
      bind: lower,
    },
    KeRaiseIrqlToDpcLevel: {
      c: "KIRQL KeRaiseIrqlToDpcLevel(VOID)",
      library: "hal.lib",
      page: "wdm/nf-wdm-keraiseirqltodpclevel",
      irql: IRQL.DISPATCH_LEVEL,
      bind: (m) => () => m.irql.raise(IRQL.DISPATCH_LEVEL),
    },
    KfRaiseIrql: {
      c: "KIRQL KfRaiseIrql(KIRQL NewIrql)",
      library: "hal.lib",
      page: "wdm/nf-wdm-keraiseirql",
      bind: (m) => (level: number) => m.irql.raise(level),
    },
    KfLowerIrql: {
      c: "VOID KfLowerIrql(KIRQL NewIrql)",
      library: "hal.lib",
      page: "wdm/nf-wdm-kelowerirql",
      bind: lower,
    },
    NDIS_CURRENT_IRQL: {
      c: "KIRQL NDIS_CURRENT_IRQL(VOID)",
      macro: "NDIS_CURRENT_IRQL() KeGetCurrentIrql()",
      header: "ndis.h",
      since: "NDIS 6.0",
      page: "wdm/nf-wdm-kegetcurrentirql",
      bind: (m) => () => m.irql.current,
    },
    NDIS_RAISE_IRQL_TO_DISPATCH: {
      c: "VOID NDIS_RAISE_IRQL_TO_DISPATCH(PKIRQL _pIrql_)",
      macro: "NDIS_RAISE_IRQL_TO_DISPATCH(_pIrql_) KeRaiseIrql(DISPATCH_LEVEL, _pIrql_)",
      header: "ndis.h",
      since: "NDIS 6.0",
      page: "ndis/nf-ndis-ndis_raise_irql_to_dispatch",
      irql: IRQL.DISPATCH_LEVEL,
      compliance: ["Irql_IrqlSetting_Function"],
      bind: (m) => (old: Address) => {
        m.memory.u8[old] = m.irql.raise(IRQL.DISPATCH_LEVEL);
      },
    },
    NDIS_LOWER_IRQL: {
      c: "VOID NDIS_LOWER_IRQL(KIRQL _OldIrql_, KIRQL _CurIrql_)",
      macro: "NDIS_LOWER_IRQL(_OldIrql_, _CurIrql_) ((_OldIrql_) != (_CurIrql_) ? KeLowerIrql(_OldIrql_) : (VOID)0)",
      header: "ndis.h",
      since: "NDIS 6.0",
      page: "ndis/nf-ndis-ndis_lower_irql",
      compliance: ["Irql_IrqlSetting_Function"],
      bind: (m) => (old: number, current: number) => {
        if (old !== current) m.irql.lower(old);
      },
    },
  },
);
