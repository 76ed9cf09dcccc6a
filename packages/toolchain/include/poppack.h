/* Ends pshpackN.h. */
#pragma pack(pop)
