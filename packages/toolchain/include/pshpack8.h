/* Members are aligned to at most 8 until poppack.h. */
#pragma pack(push, 8)
