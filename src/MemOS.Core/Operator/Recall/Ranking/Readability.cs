using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MemOS.Cubes;
using MemOS.Governance;
using MemOS.Operator.Recall.Filters;
using MemOS.Operator.Recall.Indexing;

namespace MemOS.Operator.Recall.Ranking;

/// <summary>Decides which documents a search may find at all, before anything is ranked.</summary>
internal static class Readability
{
    /// <summary>Sets the bits of the live documents that are not expired, not archived unless wanted, valid when asked for, and the caller's to read.</summary>
    public static void Fill(Span<ulong> result, FilterScope documents, RecallQuery query, DateTimeOffset now)
    {
        DocumentFlags hidden = DocumentFlags.Dead | DocumentFlags.Expired | (query.IncludeArchived ? 0 : DocumentFlags.Archived);
        FillByFlags(result, documents.Columns.Flags.AsSpan(0, documents.Count), (byte)hidden);
        if (documents.State.LastDeath > documents.Count)
        {
            Revive(result, documents, (byte)(hidden & ~DocumentFlags.Dead));
        }

        if (documents.State.HasLifespans)
        {
            Column<long> ends = documents.Columns.ExpiresAt;
            long at = now.UtcTicks;
            Keep(result, document => ends[document] == Columns.NoTime || ends[document] > at);
        }

        if (query.ValidAt is { } validAt)
        {
            Column<long> from = documents.Columns.ValidFrom;
            Column<long> to = documents.Columns.ValidTo;
            long at = validAt.UtcTicks;
            Keep(result, d => (from[d] == Columns.NoTime || from[d] <= at) && (to[d] == Columns.NoTime || at < to[d]));
        }

        if (!query.Caller.IsOwner)
        {
            KeepReadableBy(query, result, documents);
        }
    }

    /// <summary>Brings back what was replaced by versions that this search does not see yet.</summary>
    private static void Revive(Span<ulong> result, FilterScope documents, byte hidden)
    {
        Columns columns = documents.Columns;
        for (int document = 0; document < documents.Count; document++)
        {
            bool alive = columns.Has(document, DocumentFlags.Dead) && columns.DiedAt[document] > documents.Count;
            result[document >> 6] |= alive && (columns.Flags[document] & hidden) == 0 ? 1UL << document : 0;
        }
    }

    private static void KeepReadableBy(RecallQuery query, Span<ulong> result, FilterScope documents)
    {
        Caller caller = query.Caller;
        ReadOnlySpan<GovernanceHeader> rules = documents.State.AccessRules.Values;
        bool[] admitted = new bool[rules.Length];
        for (int i = 0; i < admitted.Length; i++)
        {
            var rule = new GovernanceHeader { Access = rules[i].Access, Restricted = rules[i].Restricted };
            admitted[i] = CallerRights.MayRead(caller, rule) && !RestrictedFields.HideFrom(caller, rule, query.Filter);
        }

        Column<int> access = documents.Columns.Access;
        Column<byte> sensitivity = documents.Columns.Sensitivity;
        byte clearance = (byte)caller.Clearance;
        Keep(result, document => sensitivity[document] <= clearance && admitted[access[document]]);
    }

    private static void Keep(Span<ulong> result, Func<int, bool> test)
    {
        for (int word = 0; word < result.Length; word++)
        {
            ulong bits = result[word];
            for (ulong left = bits; left != 0; left &= left - 1)
            {
                int bit = BitOperations.TrailingZeroCount(left);
                bits = test((word << 6) + bit) ? bits : bits & ~(1UL << bit);
            }

            result[word] = bits;
        }
    }

    private static void FillByFlags(Span<ulong> result, ReadOnlySpan<byte> flags, byte hidden)
    {
        int word = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            ref byte start = ref MemoryMarshal.GetReference(flags);
            Vector512<byte> mask = Vector512.Create(hidden);
            for (; (word + 1) << 6 <= flags.Length; word++)
            {
                Vector512<byte> found = Vector512.LoadUnsafe(ref start, (nuint)(word << 6)) & mask;
                result[word] = Vector512.Equals(found, Vector512<byte>.Zero).ExtractMostSignificantBits();
            }
        }

        for (; word < result.Length; word++)
        {
            ulong bits = 0;
            int first = word << 6;
            int end = Math.Min(flags.Length - first, 64);
            for (int i = 0; i < end; i++)
            {
                bits |= (flags[first + i] & hidden) == 0 ? 1UL << i : 0;
            }

            result[word] = bits;
        }
    }
}
