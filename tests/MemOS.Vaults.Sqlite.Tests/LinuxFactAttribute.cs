using Xunit;

namespace MemOS.Vaults.Sqlite.Tests;

/// <summary>A test that plays tricks on the operating system which only Linux allows.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "Needs Linux: it exchanges the open files of the process.";
}
