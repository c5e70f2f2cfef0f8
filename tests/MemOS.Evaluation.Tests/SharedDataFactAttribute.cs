using MemOS.Evaluation.Tests.LoCoMo;
using Xunit;

namespace MemOS.Evaluation.Tests;

/// <summary>A test on the real data set, which is no part of the project: skipped where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute()
    {
        if (MadeUpConversation.SharedData() is null)
        {
            Skip = "The LoCoMo files are absent: put them in ../shared/data/locomo, or name the folder above data in MEMOS_SHARED.";
        }
    }
}
