/* Doubly and singly linked lists, whose operations are inline on every system. */
#pragma once

#define InitializeListHead32(head) InitializeListHead(head)

FORCEINLINE VOID InitializeListHead(PLIST_ENTRY ListHead)
{
    ListHead->Flink = ListHead;
    ListHead->Blink = ListHead;
}

FORCEINLINE BOOLEAN IsListEmpty(const LIST_ENTRY *ListHead)
{
    return ListHead->Flink == ListHead;
}

FORCEINLINE BOOLEAN RemoveEntryList(PLIST_ENTRY Entry)
{
    PLIST_ENTRY next = Entry->Flink;
    PLIST_ENTRY previous = Entry->Blink;
    previous->Flink = next;
    next->Blink = previous;
    return next == previous;
}

FORCEINLINE PLIST_ENTRY RemoveHeadList(PLIST_ENTRY ListHead)
{
    PLIST_ENTRY first = ListHead->Flink;
    RemoveEntryList(first);
    return first;
}

FORCEINLINE PLIST_ENTRY RemoveTailList(PLIST_ENTRY ListHead)
{
    PLIST_ENTRY last = ListHead->Blink;
    RemoveEntryList(last);
    return last;
}

FORCEINLINE VOID InsertHeadList(PLIST_ENTRY ListHead, PLIST_ENTRY Entry)
{
    PLIST_ENTRY first = ListHead->Flink;
    Entry->Flink = first;
    Entry->Blink = ListHead;
    first->Blink = Entry;
    ListHead->Flink = Entry;
}

FORCEINLINE VOID InsertTailList(PLIST_ENTRY ListHead, PLIST_ENTRY Entry)
{
    PLIST_ENTRY last = ListHead->Blink;
    Entry->Flink = ListHead;
    Entry->Blink = last;
    last->Flink = Entry;
    ListHead->Blink = Entry;
}

/* Puts the entries of a headless list behind those of another one. */
FORCEINLINE VOID AppendTailList(PLIST_ENTRY ListHead, PLIST_ENTRY ListToAppend)
{
    PLIST_ENTRY last = ListHead->Blink;
    PLIST_ENTRY lastAppended = ListToAppend->Blink;
    last->Flink = ListToAppend;
    ListHead->Blink = lastAppended;
    lastAppended->Flink = ListHead;
    ListToAppend->Blink = last;
}

FORCEINLINE PSINGLE_LIST_ENTRY PopEntryList(PSINGLE_LIST_ENTRY ListHead)
{
    PSINGLE_LIST_ENTRY first = ListHead->Next;
    if (first != NULL) ListHead->Next = first->Next;
    return first;
}

FORCEINLINE VOID PushEntryList(PSINGLE_LIST_ENTRY ListHead, PSINGLE_LIST_ENTRY Entry)
{
    Entry->Next = ListHead->Next;
    ListHead->Next = Entry;
}

/* Sequenced lists: one processor runs, so plain operations are atomic enough. */
FORCEINLINE VOID InitializeSListHead(PSLIST_HEADER ListHead)
{
    ListHead->Alignment = 0;
}

FORCEINLINE VOID ExInitializeSListHead(PSLIST_HEADER ListHead)
{
    ListHead->Alignment = 0;
}

FORCEINLINE USHORT ExQueryDepthSList(PSLIST_HEADER ListHead)
{
    return ListHead->Depth;
}

FORCEINLINE PSLIST_ENTRY InterlockedPushEntrySList(PSLIST_HEADER ListHead, PSLIST_ENTRY Entry)
{
    PSLIST_ENTRY first = ListHead->Next.Next;
    Entry->Next = first;
    ListHead->Next.Next = Entry;
    ListHead->Depth++;
    ListHead->Sequence++;
    return first;
}

FORCEINLINE PSLIST_ENTRY InterlockedPopEntrySList(PSLIST_HEADER ListHead)
{
    PSLIST_ENTRY first = ListHead->Next.Next;
    if (first != NULL) {
        ListHead->Next.Next = first->Next;
        ListHead->Depth--;
        ListHead->Sequence++;
    }
    return first;
}

FORCEINLINE PSLIST_ENTRY InterlockedFlushSList(PSLIST_HEADER ListHead)
{
    PSLIST_ENTRY first = ListHead->Next.Next;
    if (first != NULL) {
        ListHead->Next.Next = NULL;
        ListHead->Depth = 0;
        ListHead->Sequence++;
    }
    return first;
}

/* Puts a list of Count entries, linked from List to ListEnd, in front. */
FORCEINLINE PSLIST_ENTRY InterlockedPushListSList(PSLIST_HEADER ListHead, PSLIST_ENTRY List, PSLIST_ENTRY ListEnd,
                                                  ULONG Count)
{
    PSLIST_ENTRY first = ListHead->Next.Next;
    ListEnd->Next = first;
    ListHead->Next.Next = List;
    ListHead->Depth += (USHORT)Count;
    ListHead->Sequence++;
    return first;
}

#define FirstEntrySList(head) ((head)->Next.Next)
#define QueryDepthSList(head) ExQueryDepthSList(head)
