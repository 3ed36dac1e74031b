using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Strata.Learning.Data.Reading;

/// <summary>The different texts of one column, numbered in the order in which they were first seen. The bytes stay where they are and must outlive it.</summary>
internal sealed unsafe class FieldDictionary
{
    private const int FirstSlots = 64;

    private int[] slots = new int[FirstSlots];
    private Entry[] entries = new Entry[FirstSlots / 2];

    public int Count { get; private set; }

    public ReadOnlySpan<byte> this[int code] => new(entries[code].Start, entries[code].Length);

    public string Text(int code) => Encoding.UTF8.GetString(this[code]);

    /// <summary>The number of the text, a new one when it was not seen before.</summary>
    public int CodeOf(byte* start, int length)
    {
        uint hash = Hash(start, length);
        uint mask = (uint)slots.Length - 1;
        for (uint slot = hash & mask; ; slot = (slot + 1) & mask)
        {
            int code = slots[slot] - 1;
            if (code < 0)
            {
                return Add(slot, hash, start, length);
            }

            ref Entry entry = ref entries[code];
            if (entry.Hash == hash && entry.Length == length
                && new ReadOnlySpan<byte>(entry.Start, length).SequenceEqual(new ReadOnlySpan<byte>(start, length)))
            {
                return code;
            }
        }
    }

    /// <summary>For each text of another dictionary, its number in this one.</summary>
    public int[] Absorb(FieldDictionary other)
    {
        var map = new int[other.Count];
        for (int code = 0; code < map.Length; code++)
        {
            map[code] = CodeOf(other.entries[code].Start, other.entries[code].Length);
        }

        return map;
    }

    private int Add(uint slot, uint hash, byte* start, int length)
    {
        if (Count == entries.Length)
        {
            Grow();
            return CodeOf(start, length);
        }

        entries[Count] = new Entry { Start = start, Length = length, Hash = hash };
        slots[slot] = ++Count;
        return Count - 1;
    }

    private void Grow()
    {
        Array.Resize(ref entries, entries.Length * 2);
        slots = new int[slots.Length * 2];
        uint mask = (uint)slots.Length - 1;
        for (int code = 0; code < Count; code++)
        {
            uint slot = entries[code].Hash & mask;
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            slots[slot] = code + 1;
        }
    }

    /// <summary>Multiplies and folds eight bytes at a time, the last eight overlapping.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(byte* start, int length)
    {
        const ulong Prime = 0x9E3779B97F4A7C15UL;
        ulong hash = (ulong)length * Prime;
        if (length >= 8)
        {
            for (int at = 0; at < length - 8; at += 8)
            {
                hash = Fold(hash ^ Unsafe.ReadUnaligned<ulong>(start + at), Prime);
            }

            return (uint)Fold(hash ^ Unsafe.ReadUnaligned<ulong>(start + length - 8), Prime);
        }

        ulong word = 0;
        if (length >= 4)
        {
            word = Unsafe.ReadUnaligned<uint>(start) | ((ulong)Unsafe.ReadUnaligned<uint>(start + length - 4) << 32);
        }
        else if (length > 0)
        {
            word = start[0] | ((ulong)start[length / 2] << 8) | ((ulong)start[length - 1] << 16);
        }

        return (uint)Fold(hash ^ word, Prime);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong value, ulong prime)
    {
        ulong high = Math.BigMul(BitOperations.RotateLeft(value, 23) ^ value, prime, out ulong low);
        return high ^ low;
    }

    private struct Entry
    {
        public byte* Start;
        public int Length;
        public uint Hash;
    }
}
