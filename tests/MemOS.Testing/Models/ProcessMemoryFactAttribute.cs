namespace MemOS.Testing.Models;

/// <summary>A test that looks for bytes in the memory of a model's process; skipped where systems give no sight of it.</summary>
public sealed class ProcessMemoryFactAttribute : LlamaFactAttribute
{
    public ProcessMemoryFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "Needs /proc/PID/mem.";
        }
    }
}
