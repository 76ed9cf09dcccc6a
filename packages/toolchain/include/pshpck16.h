/* Members are aligned to at most 16 until poppack.h. */
#pragma pack(push, 16)
