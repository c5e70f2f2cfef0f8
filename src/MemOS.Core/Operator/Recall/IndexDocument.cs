namespace MemOS.Operator.Recall;

/// <summary>A cube analysed for the recall index: words counted, text embedded. Made off the writer's thread.</summary>
public sealed class IndexDocument
{
    internal IndexDocument()
    {
    }
}
