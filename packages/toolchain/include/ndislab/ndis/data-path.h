/* Flags of the calls that pass lists on and give them back. */
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
