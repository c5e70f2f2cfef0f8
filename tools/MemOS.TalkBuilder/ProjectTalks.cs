using System.Collections.Immutable;
using MemOS.Evaluation.Datasets;
using MemOS.Evaluation.Datasets.Talks;
using MemOS.TalkBuilder.Scripting;
using MemOS.TalkBuilder.Writing;

namespace MemOS.TalkBuilder;

/// <summary>Long talks between a user and an assistant about projects of all kinds, with labelled questions. Reproducible: the same talks on every machine.</summary>
internal static class ProjectTalks
{
    /// <summary>All talks, by name. Domains and padding of the two sides of the split have nothing in common.</summary>
    public static ImmutableArray<TalkFile> Build()
    {
        Wording development = Wording.Of("dev");
        Wording heldOut = Wording.Of("held-out");
        TalkReader reader = new();
        return [.. ScriptReader.ReadAll().Select(script => TalkWriter.Write(script, reader.SplitOf(script.Name) is DatasetSplit.HeldOut ? heldOut : development))];
    }
}
