namespace MemOS.Testing;

/// <summary>A test over the LoCoMo conversations, which are no part of the project: skipped where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LoCoMoFactAttribute : FactAttribute
{
    /// <summary>Skips the test, with a message, where the data is not there.</summary>
    public LoCoMoFactAttribute()
    {
        if (SharedData.LoCoMo is null)
        {
            Skip = "The LoCoMo files are absent: put them in ../shared/data/locomo, or name the folder above data in MEMOS_SHARED.";
        }
    }
}
