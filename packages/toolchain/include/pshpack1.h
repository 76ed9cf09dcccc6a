/* Members are aligned to at most 1 until poppack.h. */
#pragma pack(push, 1)
