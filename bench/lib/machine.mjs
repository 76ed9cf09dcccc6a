// What a result was measured on.
import { availableParallelism, cpus, release } from "node:os";
import { compilerVersion, dpdkVersion } from "./compiled.mjs";

/** @param {string | undefined} other version of the other Node */
export function describeMachine(other) {
  const compilers = ["gcc", "clang"].map(compilerVersion).filter((version) => version !== undefined);
  const dpdk = dpdkVersion();
  return {
    processor: cpus()[0]?.model ?? "unknown",
    cores: availableParallelism(),
    system: `${process.platform} ${process.arch} ${release()}`,
    node: process.versions.node,
    ...(other !== undefined && { other }),
    compilers,
    ...(dpdk !== undefined && { dpdk }),
  };
}

/** @param {ReturnType<typeof describeMachine>} machine */
export const machineText = ({ processor, cores, system, node, other, compilers, dpdk }) =>
  [
    `${processor}, ${cores} ${cores === 1 ? "core" : "cores"}, ${system}`,
    [`Node ${node}`, other && `Node ${other}`, ...compilers, dpdk && `DPDK ${dpdk}`].filter(Boolean).join("; "),
  ].join("\n");
