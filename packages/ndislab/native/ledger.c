/*
 * See README.md and verifier/ledger.ts, which has the same memory. Questions and notes for the guards in guards.c: what
 * they pass are numbers, since an address of the machine's memory means nothing here.
 */
#define LEDGER
#include "ledger.h"

/* Cells at the start of the memory, which verifier/ledger.ts sets. */
#define CELL(type, at) (*(type *)(at))
#define KINDS CELL(PUCHAR, LEDGER_KINDS)
#define SYSTEM_PAGES CELL(PUCHAR, LEDGER_SYSTEM_PAGES)
#define COUNT(kind) CELL(LONG, LEDGER_COUNTS + 4 * (kind))

typedef struct {
    ULONG AllocatedBy;
    ULONG FreedBy;
    ULONG Value;
    ULONG Holder;
    /* Of the rows behind it: the notes. */
    ULONG Notes[];
} ROW;

static inline ROW *RowOf(ULONG address)
{
    return (ROW *)(LEDGER_ROWS + address / 8 * 16);
}

static inline UCHAR KindOf(ULONG address)
{
    return KINDS[address / 8];
}

static inline BOOLEAN IsOnSystemPage(ULONG address)
{
    return SYSTEM_PAGES[address / PAGE_SIZE] == 1;
}

/* A NET_BUFFER that is alive and with the driver; `mdl` is 0, or one that did not come with it and must not be freed. */
LEDGER_FUNCTION(BOOLEAN, LedgerNetBufferIsSound, (ULONG netBuffer, BOOLEAN preallocated, ULONG mdl))
{
    return RowOf(netBuffer)->Holder == 0 &&
           ((preallocated && IsOnSystemPage(netBuffer)) || KindOf(netBuffer) == KIND_NET_BUFFER) &&
           (mdl == 0 || KindOf(mdl) != (KIND_MDL | FREED));
}

/* Whether a list that the driver has is its own, and whether it is another's and is as it came in what is noted of it. */
LEDGER_FUNCTION(ULONG, LedgerListIs, (ULONG list, ULONG source, ULONG flags))
{
    const ROW *row = RowOf(list);

    if (row->Holder != 0) {
        return 0;
    }
    return (row->Notes[NOTE_SEEN] == SEEN && row->Notes[NOTE_SOURCE] == source &&
                    ((row->Notes[NOTE_FLAGS] ^ flags) & OTHERS_FLAGS) == 0 && IsOnSystemPage(list)
                ? LIST_IS_FOREIGN
                : 0) |
           (KindOf(list) == KIND_NET_BUFFER_LIST ? LIST_IS_OWN : 0);
}

/* Whether a list of another driver has nothing on it that is to be undone first. */
LEDGER_FUNCTION(BOOLEAN, LedgerMayGoBack, (ULONG list, ULONG netBuffer))
{
    const ROW *row = RowOf(list);

    return RowOf(netBuffer)->Value == 0 && row->Notes[NOTE_CONTEXT] == 0 && row->Notes[NOTE_CHILDREN] == 0;
}

/* Whether a list is the driver's, of this pool, with nothing on it; `netBuffer` is 0, or what came with it. */
LEDGER_FUNCTION(BOOLEAN, LedgerMayBeFreed, (ULONG list, ULONG pool, ULONG netBuffer))
{
    const ROW *row = RowOf(list);

    return KindOf(list) == KIND_NET_BUFFER_LIST && row->Holder == 0 && row->Notes[NOTE_POOL] == pool &&
           row->Notes[NOTE_CONTEXT] == 0 && row->Notes[NOTE_CHILDREN] == 0 &&
           (netBuffer == 0 || KindOf(netBuffer) != KIND_NET_BUFFER);
}

/* A list that the driver allocated. */
LEDGER_FUNCTION(VOID, LedgerAllocated, (ULONG list, ULONG pool, ULONG site))
{
    ROW *row = RowOf(list);

    KINDS[list / 8] = KIND_NET_BUFFER_LIST;
    COUNT(KIND_NET_BUFFER_LIST)++;
    row->AllocatedBy = site;
    row->Value = 0;
    row->Holder = 0;
    row->Notes[NOTE_CONTEXT] = 0;
    row->Notes[NOTE_CONTEXT_SITE] = 0;
    row->Notes[NOTE_BEHIND] = 0;
    row->Notes[NOTE_POOL] = pool;
    row->Notes[NOTE_SEEN] = 0;
    row->Notes[NOTE_PARENT] = 0;
    row->Notes[NOTE_CHILDREN] = 0;
}

/* A list that the driver frees. */
LEDGER_FUNCTION(VOID, LedgerFreed, (ULONG list, ULONG site))
{
    KINDS[list / 8] |= FREED;
    COUNT(KIND_NET_BUFFER_LIST)--;
    RowOf(list)->FreedBy = site;
}

/* The data start of a NET_BUFFER moved by so many bytes, positive for a retreat. */
LEDGER_FUNCTION(VOID, LedgerMoved, (ULONG netBuffer, LONG bytes, ULONG site))
{
    ROW *row = RowOf(netBuffer);

    row->Value += (ULONG)bytes;
    row->FreedBy = site;
}

/* A list of another driver that is about to be handed to this one. */
LEDGER_FUNCTION(VOID, LedgerArrived, (ULONG list, ULONG source, ULONG flags, BOOLEAN received))
{
    ROW *row = RowOf(list);

    row->Holder = 0;
    row->Notes[NOTE_CONTEXT] = 0;
    row->Notes[NOTE_BEHIND] = 0;
    row->Notes[NOTE_SEEN] = SEEN;
    row->Notes[NOTE_RECEIVED] = received;
    row->Notes[NOTE_SOURCE] = source;
    row->Notes[NOTE_FLAGS] = flags;
    row->Notes[NOTE_PARENT] = 0;
    row->Notes[NOTE_CHILDREN] = 0;
}

/* A list that the driver shows another, by this call. */
LEDGER_FUNCTION(VOID, LedgerShown, (ULONG list, ULONG site))
{
    ROW *row = RowOf(list);

    row->Value = site;
    row->Notes[NOTE_BEHIND] = 0;
}

/* A list with one NET_BUFFER that another driver has from now on; `mdl` is 0, or one that did not come with it. */
LEDGER_FUNCTION(VOID, LedgerPassed, (ULONG list, ULONG holder, ULONG netBuffer, ULONG mdl, WORD_PARAMETERS))
{
    ROW *row = RowOf(netBuffer);

    RowOf(list)->Holder = holder;
    RowOf(list)->Notes[NOTE_FIRST] = netBuffer;
    row->Holder = holder;
    row->Notes[0] = next;
    row->Notes[1] = currentMdl;
    row->Notes[2] = currentMdlOffset;
    row->Notes[3] = dataLength;
    row->Notes[4] = mdlChain;
    row->Notes[5] = dataOffset;
    if (mdl != 0) {
        RowOf(mdl)->Holder = holder;
    }
}

LEDGER_FUNCTION(BOOLEAN, LedgerIsAway, (ULONG list))
{
    return RowOf(list)->Holder != 0;
}

/* Takes note that the driver has a list again that it passed on. FALSE, and nothing done, when it is not as it was. */
LEDGER_FUNCTION(BOOLEAN, LedgerCameBack, (ULONG list, ULONG netBuffer, ULONG mdl, WORD_PARAMETERS))
{
    ROW *row = RowOf(netBuffer);
    ULONG holder = RowOf(list)->Holder;

    if (RowOf(list)->Notes[NOTE_FIRST] != netBuffer || row->Holder != holder || row->Notes[0] != next ||
        row->Notes[1] != currentMdl || row->Notes[2] != currentMdlOffset || row->Notes[3] != dataLength ||
        row->Notes[4] != mdlChain || row->Notes[5] != dataOffset) {
        return FALSE;
    }
    RowOf(list)->Holder = 0;
    row->Holder = 0;
    if (mdl != 0 && RowOf(mdl)->Holder == holder) {
        RowOf(mdl)->Holder = 0;
    }
    return TRUE;
}

/* Whether as much was advanced as was retreated. */
LEDGER_FUNCTION(BOOLEAN, LedgerIsBalanced, (ULONG netBuffer))
{
    return RowOf(netBuffer)->Value == 0;
}

/* A list of another driver that this one gives back. */
LEDGER_FUNCTION(VOID, LedgerGivenBack, (ULONG list, ULONG site))
{
    RowOf(list)->FreedBy = site;
}
