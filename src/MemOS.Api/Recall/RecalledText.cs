using MemOS.Scheduler;

namespace MemOS.Api;

/// <summary>Recalled memories as text for a prompt.</summary>
public static class RecalledText
{
    /// <summary>
    /// The memories found as they stand in a prompt: a line each with time and speaker, stamped as recalled, so that they are never learned again, and framed as
    /// data. Empty when nothing was found. Recalled text is untrusted input: put it where the model does not take it for instructions.
    /// </summary>
    public static string PromptText(this RecallResponse recalled)
    {
        ArgumentNullException.ThrowIfNull(recalled);
        return InjectionPlan.Framed(recalled.Hits.Where(hit => hit.Cube.Text is not null)
            .Select(hit => InjectionPlan.PromptLine(hit.Cube.SaidAt ?? hit.Cube.Valid?.From, hit.Cube.Speaker, hit.Excerpt?.Text ?? hit.Cube.Text)));
    }
}
