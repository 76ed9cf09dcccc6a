/*
 * The verifier's ledger, in a memory of its own that no driver reaches: see verifier/ledger.ts. `ledger.c` works on
 * it; others call these.
 */
#pragma once
#include <ndis.h>
#include <ndislab/ledger.h>

/* The words of a NET_BUFFER that are noted while it is away. */
#define WORDS(netBuffer)                                                                                         \
    (ULONG)(netBuffer)->Next, (ULONG)(netBuffer)->CurrentMdl, (netBuffer)->CurrentMdlOffset, (netBuffer)->DataLength, \
        (ULONG)(netBuffer)->MdlChain, (netBuffer)->DataOffset

#define WORD_PARAMETERS \
    ULONG next, ULONG currentMdl, ULONG currentMdlOffset, ULONG dataLength, ULONG mdlChain, ULONG dataOffset

/* What LedgerListIs answers. */
#define LIST_IS_FOREIGN 1
#define LIST_IS_OWN 2

#ifdef LEDGER
#define LEDGER_FUNCTION(type, name, parameters) __attribute__((export_name(#name))) type name parameters
#else
#define LEDGER_FUNCTION(type, name, parameters) \
    __attribute__((import_module("ledger"), import_name(#name))) type name parameters;

LEDGER_FUNCTION(BOOLEAN, LedgerNetBufferIsSound, (ULONG netBuffer, BOOLEAN preallocated, ULONG mdl))
LEDGER_FUNCTION(ULONG, LedgerListIs, (ULONG list, ULONG source, ULONG flags))
LEDGER_FUNCTION(BOOLEAN, LedgerMayGoBack, (ULONG list, ULONG netBuffer))
LEDGER_FUNCTION(BOOLEAN, LedgerMayBeFreed, (ULONG list, ULONG pool, ULONG netBuffer))
LEDGER_FUNCTION(VOID, LedgerAllocated, (ULONG list, ULONG pool, ULONG site))
LEDGER_FUNCTION(VOID, LedgerFreed, (ULONG list, ULONG site))
LEDGER_FUNCTION(VOID, LedgerMoved, (ULONG netBuffer, LONG bytes, ULONG site))
LEDGER_FUNCTION(VOID, LedgerArrived, (ULONG list, ULONG source, ULONG flags, BOOLEAN received))
LEDGER_FUNCTION(VOID, LedgerShown, (ULONG list, ULONG site))
LEDGER_FUNCTION(VOID, LedgerPassed, (ULONG list, ULONG holder, ULONG netBuffer, ULONG mdl, WORD_PARAMETERS))
LEDGER_FUNCTION(BOOLEAN, LedgerCameBack, (ULONG list, ULONG netBuffer, ULONG mdl, WORD_PARAMETERS))
LEDGER_FUNCTION(BOOLEAN, LedgerIsAway, (ULONG list))
LEDGER_FUNCTION(BOOLEAN, LedgerIsBalanced, (ULONG netBuffer))
LEDGER_FUNCTION(VOID, LedgerGivenBack, (ULONG list, ULONG site))
#endif
