using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text.Json;
using MemOS.Models.Llama.Native;
using MemOS.Models.Llama.Protocol;

namespace MemOS.Models.Llama;

/// <summary>Saved states: a first page that says what the state is bound to, then the bytes of the library.</summary>
internal static class StateFile
{
    public const int HeaderBytes = 4096; // a page, so that the state behind it is aligned
    private const int LengthAt = 8;
    private const int JsonAt = 12;

    private static ReadOnlySpan<byte> Magic => "MEMOSKV1"u8;

    /// <summary>Writes the state of a sequence; a file that exists is replaced when the new one is whole.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="context">The context.</param>
    /// <param name="sequence">The sequence, not empty.</param>
    /// <param name="bound">What the state is bound to; sizes, positions and checksum are filled in.</param>
    /// <param name="compact">The threads that bring keys and values to 8 bits; null to keep them as they are.</param>
    /// <returns>Bytes of the state.</returns>
    public static long Save(string path, LlamaContext context, int sequence, StateHeader bound, int? compact)
    {
        (int first, int last) = context.Positions(sequence) ?? throw new ModelException(ModelErrorCodes.InvalidRequest, $"Sequence {sequence} is empty, so it has no state.");
        long bytes = compact is null ? context.StateSize(sequence) : CompactState.Size(context, sequence);
        if (bytes > int.MaxValue - HeaderBytes)
        {
            throw new ModelException(ModelErrorCodes.StateUnusable, "The state is larger than 2 GB; keep a shorter sequence, or compact states.");
        }

        string partial = path + ".partial";
        using (MappedFile file = MappedFile.Create(partial, HeaderBytes + bytes))
        {
            Span<byte> state = file.Bytes[HeaderBytes..];
            if (compact is { } threads)
            {
                CompactState.Save(context, sequence, state, threads);
            }
            else
            {
                context.SaveState(sequence, state);
            }

            StateHeader header = bound with { First = first, Last = last, Bytes = bytes, Checksum = Checksum(state) };
            byte[] json = JsonSerializer.SerializeToUtf8Bytes(header, ProtocolJson.Default.StateHeader);
            if (json.Length > HeaderBytes - JsonAt)
            {
                throw new ModelException(ModelErrorCodes.InvalidRequest, "Too many adapters are applied for their names to fit into a state's header.");
            }

            Magic.CopyTo(file.Bytes);
            BinaryPrimitives.WriteInt32LittleEndian(file.Bytes[LengthAt..], json.Length);
            json.CopyTo(file.Bytes[JsonAt..]);
        }

        File.Move(partial, path, overwrite: true);
        return bytes;
    }

    /// <summary>Replaces a sequence by a saved state.</summary>
    /// <param name="path">The file.</param>
    /// <param name="context">The context.</param>
    /// <param name="sequence">The sequence; empty if it fails.</param>
    /// <param name="bound">What a state has to be bound to.</param>
    /// <param name="compact">As when it was saved.</param>
    /// <param name="verify">Whether the checksum is compared too.</param>
    /// <exception cref="ModelException">The state belongs to another model, release, cache type or adaptation, or is damaged.</exception>
    public static StateHeader Restore(string path, LlamaContext context, int sequence, StateHeader bound, int? compact, bool verify)
    {
        if (!File.Exists(path))
        {
            throw new ModelException(ModelErrorCodes.StateUnusable, $"There is no state file '{path}'.");
        }

        using MappedFile file = MappedFile.Open(path);
        StateHeader header = ReadHeader(file.Bytes, path);
        Compare("model", header.Fingerprint, bound.Fingerprint);
        Compare("library", header.Library, bound.Library);
        Compare("cache", header.Cache, bound.Cache);
        Compare("adaptation", header.Adaptation, bound.Adaptation);
        ReadOnlySpan<byte> state = file.Bytes[HeaderBytes..];
        if (verify && Checksum(state) != header.Checksum)
        {
            throw new ModelException(ModelErrorCodes.StateUnusable, $"{Path.GetFileName(path)} is damaged: its checksum differs. Make the state anew from its text.");
        }

        if (compact is { } threads)
        {
            CompactState.Restore(context, sequence, state, threads);
        }
        else
        {
            context.RestoreState(sequence, state);
        }

        return header;
    }

    private static StateHeader ReadHeader(ReadOnlySpan<byte> file, string path)
    {
        int length = file.Length > HeaderBytes && file.StartsWith(Magic) ? BinaryPrimitives.ReadInt32LittleEndian(file[LengthAt..]) : -1;
        StateHeader? header = null;
        try
        {
            header = length is > 0 and <= HeaderBytes - JsonAt ? JsonSerializer.Deserialize(file.Slice(JsonAt, length), ProtocolJson.Default.StateHeader) : null;
        }
        catch (JsonException)
        {
            // Told below, like every other damage.
        }

        return header is not null && header.Bytes == file.Length - HeaderBytes ? header
            : throw new ModelException(ModelErrorCodes.StateUnusable, $"{Path.GetFileName(path)} is no whole state of this format.");
    }

    private static void Compare(string what, string found, string wanted)
    {
        if (found != wanted)
        {
            throw new ModelException(ModelErrorCodes.StateUnusable, $"The state was made with another {what} ({found}, not {wanted}). Make it anew from its text.");
        }
    }

    private static string Checksum(ReadOnlySpan<byte> state) => XxHash3.HashToUInt64(state).ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
}
