using MemOS.Cubes;

namespace MemOS.Operator;

/// <summary>Makes contextual fingerprints out of plain text, the same way when a memory is made and when it is asked for.</summary>
internal static class Fingerprints
{
    public static ContextualFingerprint Of(string context) =>
        ContextualFingerprint.Of(context.ToLowerInvariant().Split([' ', '\n', '\t', '.', ',', '!', '?', ';', ':', '"', '(', ')'], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.Length > 3));
}
