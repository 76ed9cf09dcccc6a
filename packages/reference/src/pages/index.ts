import type { DdiPages, StructurePages } from "../page.js";
import { CONFIGURATION_PAGES } from "./configuration.js";
import { CONFIGURATION_STRUCTURE_PAGES } from "./configuration-structures.js";
import { DATA_BUFFER_PAGES } from "./data-buffers.js";
import { DATA_START_PAGES } from "./data-start.js";
import { DEBUG_PAGES } from "./debug.js";
import { DERIVED_LIST_PAGES } from "./derived-lists.js";
import { DEVICE_STRUCTURE_PAGES } from "./device-structures.js";
import { DEVICE_PAGES } from "./devices.js";
import { EVENT_STRUCTURE_PAGES } from "./event-structures.js";
import { EVENT_PAGES } from "./events.js";
import { FILTER_STRUCTURE_PAGES } from "./filter-structures.js";
import { FILTER_PAGES } from "./filters.js";
import { GENERIC_OBJECT_PAGES } from "./generic-objects.js";
import { IDENTITY_STRUCTURE_PAGES } from "./identity-structures.js";
import { INTERLOCKED_PAGES } from "./interlocked.js";
import { IRQL_PAGES } from "./irql.js";
import { KERNEL_STRUCTURE_PAGES } from "./kernel-structures.js";
import { LINK_STRUCTURE_PAGES } from "./link-structures.js";
import { LIST_PAGES, SEQUENCED_LIST_PAGES } from "./lists.js";
import { LOCK_STRUCTURE_PAGES } from "./lock-structures.js";
import { LOOKASIDE_PAGES } from "./lookaside.js";
import { LOOKASIDE_STRUCTURE_PAGES } from "./lookaside-structures.js";
import { MAPPING_STRUCTURE_PAGES } from "./mapping-structures.js";
import { MDL_PAGES } from "./mdls.js";
import { IO_MDL_PAGES } from "./mdls-io.js";
import { MAPPING_PAGES } from "./mdls-mappings.js";
import { MEMORY_PAGES } from "./memory.js";
import { MEMORY_BYTES_PAGES } from "./memory-bytes.js";
import { POOL_MEMORY_PAGES } from "./memory-pool.js";
import { MEMORY_STRUCTURE_PAGES } from "./memory-structures.js";
import { MUTEX_PAGES, REGION_PAGES } from "./mutexes.js";
import { NDIS5_BUFFER_PAGES } from "./ndis5-buffers.js";
import { NDIS5_PACKET_CHAIN_PAGES } from "./ndis5-packet-chains.js";
import { NDIS5_PACKET_INFO_PAGES } from "./ndis5-packet-info.js";
import { NDIS5_PACKET_PAGES } from "./ndis5-packets.js";
import { NET_BUFFER_LIST_FLAG_PAGES } from "./net-buffer-list-flags.js";
import { NET_BUFFER_LIST_INFO_PAGES } from "./net-buffer-list-info.js";
import { NET_BUFFER_LIST_MEMBER_PAGES } from "./net-buffer-list-members.js";
import { NET_BUFFER_LIST_PAGES } from "./net-buffer-lists.js";
import { NET_BUFFER_MEMBER_PAGES } from "./net-buffer-members.js";
import { NET_BUFFER_STRUCTURE_PAGES } from "./net-buffer-structures.js";
import { NET_BUFFER_PAGES } from "./net-buffers.js";
import { PACKET_STRUCTURE_PAGES } from "./packet-structures.js";
import { REQUEST_STRUCTURE_PAGES } from "./request-structures.js";
import { REQUEST_PAGES } from "./requests.js";
import { OLD_RW_LOCK_PAGES, RW_LOCK_PAGES } from "./rw-locks.js";
import { SLOT_STRUCTURE_PAGES } from "./slot-structures.js";
import { SPIN_LOCK_PAGES } from "./spin-locks.js";
import { KERNEL_SPIN_LOCK_PAGES, SHARED_SPIN_LOCK_PAGES } from "./spin-locks-kernel.js";

/** The words of every DDI's page. */
export const DDI_PAGES: Required<DdiPages> = {
  ...LIST_PAGES,
  ...SEQUENCED_LIST_PAGES,
  ...INTERLOCKED_PAGES,
  ...SPIN_LOCK_PAGES,
  ...KERNEL_SPIN_LOCK_PAGES,
  ...SHARED_SPIN_LOCK_PAGES,
  ...RW_LOCK_PAGES,
  ...OLD_RW_LOCK_PAGES,
  ...MUTEX_PAGES,
  ...REGION_PAGES,
  ...IRQL_PAGES,
  ...DATA_START_PAGES,
  ...DATA_BUFFER_PAGES,
  ...DERIVED_LIST_PAGES,
  ...DEBUG_PAGES,
  ...FILTER_PAGES,
  ...REQUEST_PAGES,
  ...EVENT_PAGES,
  ...DEVICE_PAGES,
  ...CONFIGURATION_PAGES,
  ...MDL_PAGES,
  ...IO_MDL_PAGES,
  ...MAPPING_PAGES,
  ...MEMORY_PAGES,
  ...MEMORY_BYTES_PAGES,
  ...POOL_MEMORY_PAGES,
  ...LOOKASIDE_PAGES,
  ...NDIS5_BUFFER_PAGES,
  ...NDIS5_PACKET_PAGES,
  ...NDIS5_PACKET_CHAIN_PAGES,
  ...NDIS5_PACKET_INFO_PAGES,
  ...NET_BUFFER_PAGES,
  ...NET_BUFFER_MEMBER_PAGES,
  ...NET_BUFFER_LIST_PAGES,
  ...NET_BUFFER_LIST_MEMBER_PAGES,
  ...NET_BUFFER_LIST_INFO_PAGES,
  ...NET_BUFFER_LIST_FLAG_PAGES,
  ...GENERIC_OBJECT_PAGES,
};

/** The words of every structure's page. */
export const STRUCTURE_PAGES: StructurePages = {
  ...LOCK_STRUCTURE_PAGES,
  ...NET_BUFFER_STRUCTURE_PAGES,
  ...PACKET_STRUCTURE_PAGES,
  ...KERNEL_STRUCTURE_PAGES,
  ...LOOKASIDE_STRUCTURE_PAGES,
  ...MEMORY_STRUCTURE_PAGES,
  ...MAPPING_STRUCTURE_PAGES,
  ...SLOT_STRUCTURE_PAGES,
  ...FILTER_STRUCTURE_PAGES,
  ...LINK_STRUCTURE_PAGES,
  ...EVENT_STRUCTURE_PAGES,
  ...REQUEST_STRUCTURE_PAGES,
  ...CONFIGURATION_STRUCTURE_PAGES,
  ...DEVICE_STRUCTURE_PAGES,
  ...IDENTITY_STRUCTURE_PAGES,
};
