namespace MemOS.Evaluation.Merges;

/// <summary>Two statements, and what should become of them.</summary>
/// <param name="Number">Its place among the cases, from 1.</param>
/// <param name="Kind">What makes it hard.</param>
/// <param name="Expected">What should become of them.</param>
/// <param name="First">What was said first.</param>
/// <param name="Second">What was said then.</param>
/// <param name="ByOther">Whether somebody else said the second.</param>
/// <param name="Days">How many days later.</param>
public sealed record MergeCase(int Number, string Kind, MergeExpectation Expected, string First, string Second, bool ByOther, int Days)
{
    /// <summary>Whether an outcome is right.</summary>
    public bool Accepts(MergeOutcome outcome) => Expected switch
    {
        MergeExpectation.Same => outcome is MergeOutcome.Joined,
        MergeExpectation.Update or MergeExpectation.Ends => outcome is MergeOutcome.Replaced,
        MergeExpectation.Apart => outcome is MergeOutcome.Apart,
        _ => outcome is not MergeOutcome.Joined,
    };
}
