using Xunit;

namespace MemOS.Core.Tests.Operator.Recall;

/// <summary>A test over the LoCoMo conversations; skipped where the data is not there.</summary>
internal sealed class LocomoFactAttribute : FactAttribute
{
    public LocomoFactAttribute() =>
        Skip = Locomo.Folder is null ? "LoCoMo is not there. Set MEMOS_SHARED to the folder that holds data/locomo." : null;
}
