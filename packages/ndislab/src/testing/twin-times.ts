import { IRQL } from "../layout/spin-lock.js";
import type { Case, Cases, TwinWorld } from "./twin-world.js";

/** The same call at another time. */
const TIMES: readonly (readonly [when: string, isPlain: boolean, before: (world: TwinWorld) => void])[] = [
  ...[IRQL.APC_LEVEL, IRQL.DISPATCH_LEVEL, 3, IRQL.HIGH_LEVEL].map(
    (level) =>
      [
        `at IRQL ${level}`,
        level <= IRQL.DISPATCH_LEVEL,
        ({ twins }: TwinWorld) =>
          void twins.both(`IRQL ${level}`, ({ machine }) => {
            machine.irql.current = level;
          }),
      ] as const,
  ),
  [
    "when the IRQL was high",
    true,
    ({ twins }) => void twins.both("IRQL", ({ machine }) => void machine.irql.at(IRQL.HIGH_LEVEL, () => {})),
  ],
  [
    "after a finding of an object",
    false,
    ({ twins }) => void twins.both("a finding", ({ verifier }) => void verifier?.broken.add(0x8000)),
  ],
  [
    "after a finding of an object that is gone",
    true,
    ({ twins }) =>
      void twins.both("a finding", ({ verifier }) => {
        verifier?.broken.add(0x8000);
        verifier?.broken.delete(0x8000);
      }),
  ],
];

/** A plain call of verified twins at all times: it stays plain or not. */
export function atAllTimes(name: Cases["name"], plain: Case[1]): Cases {
  const cases = (isPlain: boolean): Case[] =>
    TIMES.filter((time) => time[1] === isPlain).map(([when, , before]) => [
      when,
      (world) => {
        const made = plain(world);
        before(world);
        return made;
      },
    ]);
  return { name, plain: cases(true), handedOver: cases(false) };
}

export const together = (name: Cases["name"], parts: readonly Cases[]): Cases => ({
  name,
  plain: parts.flatMap(({ plain }) => plain),
  handedOver: parts.flatMap(({ handedOver }) => handedOver),
});
