using System.Text;

namespace MemOS.ModelHost;

/// <summary>The text of an answer as its bytes come: gives out what is sure, holds back half letters and what may become a stop text.</summary>
internal sealed class AnswerText(IReadOnlyList<string> stopTexts)
{
    private readonly byte[][] stops = [.. stopTexts.Where(text => text.Length > 0).Select(Encoding.UTF8.GetBytes)];
    private readonly List<byte> held = [];

    /// <summary>Whether a stop text came; nothing is given out after it.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Takes the bytes of a token and gives what is sure by now.</summary>
    public byte[] Add(ReadOnlySpan<byte> bytes)
    {
        held.AddRange(bytes);
        byte[] all = [.. held];
        int stop = stops.Select(text => all.AsSpan().IndexOf(text)).Where(at => at >= 0).DefaultIfEmpty(-1).Min();
        IsStopped = stop >= 0;
        return Give(IsStopped ? stop : all.Length - Math.Max(HalfLetter(all), MayBecomeStop(all)));
    }

    /// <summary>Gives what is left when nothing more comes; a letter that stayed half is left out.</summary>
    public byte[] End()
    {
        byte[] all = [.. held];
        return IsStopped ? [] : Give(all.Length - HalfLetter(all));
    }

    private byte[] Give(int count)
    {
        byte[] given = [.. held.Take(count)];
        held.RemoveRange(0, count);
        return given;
    }

    // How many bytes at the end begin a letter that is not whole.
    private static int HalfLetter(ReadOnlySpan<byte> bytes)
    {
        for (int back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            byte lead = bytes[^back];
            if ((lead & 0xC0) != 0x80)
            {
                int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
                return length > back ? back : 0;
            }
        }

        return 0;
    }

    private int MayBecomeStop(ReadOnlySpan<byte> bytes)
    {
        int most = 0;
        foreach (byte[] stop in stops)
        {
            for (int length = Math.Min(stop.Length - 1, bytes.Length); length > most; length--)
            {
                if (bytes[^length..].SequenceEqual(stop.AsSpan(0, length)))
                {
                    most = length;
                }
            }
        }

        return most;
    }
}
