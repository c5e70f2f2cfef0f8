using System.Globalization;

namespace MemOS.Load.Many;

/// <summary>What the system says of a process; Linux only.</summary>
/// <param name="Resident">Bytes of it in memory.</param>
/// <param name="Peak">The most that there were.</param>
/// <param name="Files">Open files, sockets and the like.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Vaults">Vaults whose database is open.</param>
internal readonly record struct ProcessFigures(long Resident, long Peak, int Files, int Threads, int Vaults)
{
    public static ProcessFigures Read(int process)
    {
        Dictionary<string, string> status = File.ReadLines($"/proc/{process}/status").Select(line => line.Split(':', 2)).ToDictionary(pair => pair[0], pair => pair[1].Trim());
        string[] files = [.. Directory.EnumerateFiles($"/proc/{process}/fd").Select(file => new FileInfo(file).LinkTarget ?? "")];
        return new ProcessFigures(
            Kilobytes("VmRSS") * 1024,
            Kilobytes("VmHWM") * 1024,
            files.Length,
            int.Parse(status["Threads"], CultureInfo.InvariantCulture),
            files.Where(file => file.EndsWith("vault.db", StringComparison.Ordinal)).Distinct().Count());

        long Kilobytes(string name) => long.Parse(status[name].Split(' ')[0], CultureInfo.InvariantCulture);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Resident / 1e6:0} MB resident ({Peak / 1e6:0} at most), {Files} open files, {Threads} threads, {Vaults} vaults open");
}
