import { DriverFault } from "../kernel/driver-fault.js";
import { SITE_CELL } from "../memory/memory.js";
import type { Finding } from "../verifier/finding.js";
import { RULES, type RuleId } from "../verifier/rule.js";
import { Lab, type LabOptions } from "./lab.js";

/** Something a driver does between its start and its unload. */
export type Act = (lab: Lab) => void;

/** Runs a part of an act as the C call on that line of driver.c. */
export function onLine<T>(lab: Lab, line: number, call: () => T): T {
  const before = lab.u32(SITE_CELL);
  lab.setU32(SITE_CELL, line);
  try {
    return call();
  } finally {
    lab.setU32(SITE_CELL, before);
  }
}

/** A whole life of a driver, with the leak check at its end; a fault that a rule finds ends it early. */
function live(act: Act, options: LabOptions): Lab {
  const lab = new Lab({
    memorySize: 1 << 20,
    locate: (line) => ({ file: "driver.c", line, function: "f" }),
    ...options,
  });
  try {
    act(lab);
    lab.verifier.finish();
  } catch (error) {
    if (!(error instanceof DriverFault && error.hasRule)) throw error;
  }
  return lab;
}

/**
 * The planted mistake yields one finding, of this rule and its severity, until the driver is unloaded; its correct
 * twin yields none. Returns the finding.
 */
export function planted(rule: RuleId, mistake: Act, twin: Act, options: LabOptions = {}): Finding {
  const right = live(twin, options);
  if (right.rules.length > 0)
    throw new Error(`the twin of ${rule}: ${right.verifier.findings.map((f) => f.message).join("\n")}`);
  const finding = live(mistake, options).onlyFinding(rule);
  if (!(rule in RULES)) throw new Error(`there is no rule ${rule}`);
  return finding;
}

/**
 * The message has every one of these: addresses, numbers, places and names of functions. What stands between them is
 * free to be worded better.
 */
export function expectTells(finding: Finding, ...facts: readonly string[]): void {
  for (const fact of facts)
    if (!finding.message.includes(fact)) throw new Error(`${finding.rule} does not tell "${fact}": ${finding.message}`);
}
