namespace MemOS.Transfer;

/// <summary>Looks at the beginning of a stream of JSON.</summary>
internal static class JsonStreams
{
    /// <summary>Whether the first value is a list. The stream stands at its beginning before and after.</summary>
    public static bool StartsWithList(Stream stream)
    {
        int next;
        do
        {
            next = stream.ReadByte();
        }
        while (next is ' ' or '\t' or '\r' or '\n' or 0xEF or 0xBB or 0xBF);

        stream.Position = 0;
        return next == '[';
    }
}
