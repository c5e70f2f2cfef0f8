using System.Globalization;

namespace MemOS.SideBySide;

/// <summary>What Linux says of this process's memory, read the same way by both contenders.</summary>
internal static class ResidentMemory
{
    /// <summary>Fills the memory of an answer from <c>VmRSS</c>, <c>RssAnon</c> and <c>VmHWM</c>.</summary>
    public static Answer Record(Answer answer)
    {
        var status = File.ReadAllLines("/proc/self/status");
        return answer with { RssMb = Megabytes("VmRSS:"), RssAnonymousMb = Megabytes("RssAnon:"), PeakMb = Megabytes("VmHWM:") };

        double Megabytes(string name) => 1024 / 1e6 * double.Parse(
            status.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Replace("kB", "", StringComparison.Ordinal),
            CultureInfo.InvariantCulture);
    }
}
