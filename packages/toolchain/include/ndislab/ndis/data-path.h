/* Flags of the data path, and what hangs on a NET_BUFFER_LIST beside its data. */
#pragma once

#define NDIS_TEST_SEND_FLAG(flags, flag) (((flags) & (flag)) != 0)
#define NDIS_SET_SEND_FLAG(flags, flag) ((flags) |= (flag))
#define NDIS_CLEAR_SEND_FLAG(flags, flag) ((flags) &= ~(flag))
#define NDIS_TEST_SEND_AT_DISPATCH_LEVEL(flags) NDIS_TEST_SEND_FLAG(flags, NDIS_SEND_FLAGS_DISPATCH_LEVEL)

#define NDIS_TEST_SEND_COMPLETE_FLAG(flags, flag) (((flags) & (flag)) != 0)
#define NDIS_SET_SEND_COMPLETE_FLAG(flags, flag) ((flags) |= (flag))
#define NDIS_CLEAR_SEND_COMPLETE_FLAG(flags, flag) ((flags) &= ~(flag))
#define NDIS_TEST_SEND_COMPLETE_AT_DISPATCH_LEVEL(flags) \
    NDIS_TEST_SEND_COMPLETE_FLAG(flags, NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL)

#define NDIS_TEST_RECEIVE_FLAG(flags, flag) (((flags) & (flag)) != 0)
#define NDIS_SET_RECEIVE_FLAG(flags, flag) ((flags) |= (flag))
#define NDIS_CLEAR_RECEIVE_FLAG(flags, flag) ((flags) &= ~(flag))
#define NDIS_TEST_RECEIVE_AT_DISPATCH_LEVEL(flags) NDIS_TEST_RECEIVE_FLAG(flags, NDIS_RECEIVE_FLAGS_DISPATCH_LEVEL)
#define NDIS_TEST_RECEIVE_CANNOT_PEND(flags) NDIS_TEST_RECEIVE_FLAG(flags, NDIS_RECEIVE_FLAGS_RESOURCES)
#define NDIS_TEST_RECEIVE_CAN_PEND(flags) (!NDIS_TEST_RECEIVE_CANNOT_PEND(flags))

#define NDIS_TEST_RETURN_FLAG(flags, flag) (((flags) & (flag)) != 0)
#define NDIS_SET_RETURN_FLAG(flags, flag) ((flags) |= (flag))
#define NDIS_CLEAR_RETURN_FLAG(flags, flag) ((flags) &= ~(flag))
#define NDIS_TEST_RETURN_AT_DISPATCH_LEVEL(flags) NDIS_TEST_RETURN_FLAG(flags, NDIS_RETURN_FLAGS_DISPATCH_LEVEL)

/* NET_BUFFER_LIST flags */
#define NBL_SET_FLAG(nbl, flag) ((nbl)->Flags |= (flag))
#define NBL_CLEAR_FLAG(nbl, flag) ((nbl)->Flags &= ~(flag))
#define NBL_TEST_FLAG(nbl, flag) (((nbl)->Flags & (flag)) != 0)
#define NBL_TEST_FLAGS(nbl, flags) (((nbl)->Flags & (flags)) == (flags))
#define NBL_PROT_RSVD_FLAGS NBL_FLAGS_PROTOCOL_RESERVED
#define NBL_SET_PROT_RSVD_FLAG(nbl, flag) ((nbl)->Flags |= (flag) & NBL_PROT_RSVD_FLAGS)
#define NBL_CLEAR_PROT_RSVD_FLAG(nbl, flag) ((nbl)->Flags &= ~((flag) & NBL_PROT_RSVD_FLAGS))
#define NBL_TEST_PROT_RSVD_FLAG(nbl, flag) (((nbl)->Flags & (flag) & NBL_PROT_RSVD_FLAGS) != 0)
#define NBL_TEST_PROT_RSVD_FLAGS(nbl, flags) \
    (((nbl)->Flags & (flags) & NBL_PROT_RSVD_FLAGS) == ((flags) & NBL_PROT_RSVD_FLAGS))

/* Slots of NetBufferListInfo */
#define NDIS_GET_NET_BUFFER_LIST_CANCEL_ID(nbl) NET_BUFFER_LIST_INFO(nbl, NetBufferListCancelId)
#define NDIS_SET_NET_BUFFER_LIST_CANCEL_ID(nbl, id) (NET_BUFFER_LIST_INFO(nbl, NetBufferListCancelId) = (id))
#define NdisSetNetBufferListProtocolId(nbl, id) \
    (*(PUCHAR)&NET_BUFFER_LIST_INFO(nbl, NetBufferListProtocolId) = (UCHAR)(id))
#define NET_BUFFER_LIST_GET_HASH_VALUE(nbl) PtrToUlong(NET_BUFFER_LIST_INFO(nbl, NetBufferListHashValue))
#define NET_BUFFER_LIST_SET_HASH_VALUE(nbl, value) \
    (NET_BUFFER_LIST_INFO(nbl, NetBufferListHashValue) = UlongToPtr(value))
#define NET_BUFFER_LIST_GET_HASH_TYPE(nbl) \
    (PtrToUlong(NET_BUFFER_LIST_INFO(nbl, NetBufferListHashInfo)) & NDIS_HASH_TYPE_MASK)
#define NET_BUFFER_LIST_SET_HASH_TYPE(nbl, type) ndislab_set_hash_info(nbl, NDIS_HASH_TYPE_MASK, type)
#define NET_BUFFER_LIST_GET_HASH_FUNCTION(nbl) \
    (PtrToUlong(NET_BUFFER_LIST_INFO(nbl, NetBufferListHashInfo)) & NDIS_HASH_FUNCTION_MASK)
#define NET_BUFFER_LIST_SET_HASH_FUNCTION(nbl, function) ndislab_set_hash_info(nbl, NDIS_HASH_FUNCTION_MASK, function)
#define ndislab_set_hash_info(nbl, mask, value) \
    (NET_BUFFER_LIST_INFO(nbl, NetBufferListHashInfo) = UlongToPtr( \
         (PtrToUlong(NET_BUFFER_LIST_INFO(nbl, NetBufferListHashInfo)) & ~(ULONG)(mask)) | ((ULONG)(value) & (mask))))

#define NDIS_HASH_FUNCTION_MASK 0xff
#define NDIS_HASH_TYPE_MASK 0x00ffff00
#define NdisHashFunctionToeplitz 0x1
#define NDIS_HASH_IPV4 0x100
#define NDIS_HASH_TCP_IPV4 0x200
#define NDIS_HASH_IPV6 0x400
#define NDIS_HASH_IPV6_EX 0x800
#define NDIS_HASH_TCP_IPV6 0x1000
#define NDIS_HASH_TCP_IPV6_EX 0x2000
#define NDIS_RSS_HASH_FUNC_FROM_HASH_INFO(info) ((info) & NDIS_HASH_FUNCTION_MASK)
#define NDIS_RSS_HASH_TYPE_FROM_HASH_INFO(info) ((info) & NDIS_HASH_TYPE_MASK)
#define NDIS_RSS_HASH_INFO_FROM_TYPE_AND_FUNC(type, function) ((type) | (function))

/* Shared memory of a NET_BUFFER */
#define NET_BUFFER_FIRST_SHARED_MEM_INFO(nb) ((nb)->SharedMemoryInfo)
#define NET_BUFFER_SHARED_MEM_NEXT_SEGMENT(segment) ((segment)->NextSharedMemorySegment)
#define NET_BUFFER_SHARED_MEM_FLAGS(segment) ((segment)->SharedMemoryFlags)
#define NET_BUFFER_SHARED_MEM_HANDLE(segment) ((segment)->SharedMemoryHandle)
#define NET_BUFFER_SHARED_MEM_OFFSET(segment) ((segment)->SharedMemoryOffset)
#define NET_BUFFER_SHARED_MEM_LENGTH(segment) ((segment)->SharedMemoryLength)
