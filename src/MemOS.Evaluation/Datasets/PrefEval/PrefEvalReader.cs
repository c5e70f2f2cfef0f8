using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace MemOS.Evaluation.Datasets.PrefEval;

/// <summary>
/// Reads PrefEval (arXiv 2502.09597): the folder <c>benchmark_dataset</c> of its repository, or one topic's file. A preference is stated or shown once, other
/// talk follows, and then a request falls under it.
/// </summary>
/// <remarks>
/// The other talk is that of the authors (<c>filtered_inter_turns.json</c>), as many exchanges of it as <paramref name="interTurns"/> says; where the file is
/// absent, nothing follows. All three forms are read: explicit, choice-based and persona-driven. For the explicit form the evidence is the message; in the
/// others the preference shows in a talk, and only its session is known. The files name no times, so only the order is known.
/// </remarks>
/// <param name="interTurns">Exchanges between the preference and the request; the authors report 10 and 300.</param>
public sealed class PrefEvalReader(int interTurns = PrefEvalReader.DefaultInterTurns) : IDatasetReader
{
    /// <summary>The shorter distance that results are reported for.</summary>
    public const int DefaultInterTurns = 10;

    private const string InterTurnsFile = "filtered_inter_turns.json";
    private static readonly string[] Folders = ["explicit_preference", "implicit_preference/choice-based", "implicit_preference/persona-driven"];

    /// <inheritdoc/>
    public string Name => "prefeval";

    /// <inheritdoc/>
    public string Description => "PrefEval (arXiv 2502.09597): requests that fall under a preference stated long before. The folder benchmark_dataset, or a file of it.";

    /// <inheritdoc/>
    public async IAsyncEnumerable<LabelledConversation> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IReadOnlyList<(string Role, string Text)> between = await InterTurnsAsync(path, cancellationToken).ConfigureAwait(false);
        foreach (string file in Files(path))
        {
            string form = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file))) is { } folder && Folders.Any(known => known.EndsWith(folder, StringComparison.Ordinal))
                ? folder.Replace("_preference", "", StringComparison.Ordinal) : "preference";
            int index = 0;
            await foreach (JsonElement entry in DatasetJson.ReadEntriesAsync(file, cancellationToken).ConfigureAwait(false))
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"{form}-{Path.GetFileNameWithoutExtension(file)}-{index++}");
                yield return Read(entry, name, form, between, file);
            }
        }
    }

    private static LabelledConversation Read(JsonElement entry, string name, string form, IReadOnlyList<(string Role, string Text)> between, string file)
    {
        MessageList messages = new();
        string session = messages.Begin("preference", MessageList.Untimed);
        string preference = DatasetJson.Text(entry, "preference", file);
        ImmutableHashSet<string> evidence = [];
        if (DatasetJson.Field(entry, "conversation") is { ValueKind: JsonValueKind.Object } talk)
        {
            AddTalk(messages, talk);
        }
        else if (messages.Add("user", preference) is { } id)
        {
            evidence = [id];
        }

        messages.Begin("other-talk", MessageList.Untimed.AddDays(1));
        foreach ((string role, string text) in between)
        {
            messages.Add(role, text);
        }

        return new LabelledConversation(name, messages.ToImmutable(),
        [
            new LabelledQuestion
            {
                Id = name,
                Text = DatasetJson.Text(entry, "question", file),
                Category = form,
                Evidence = evidence,
                EvidenceSessions = [session],
                Rubric = [$"The response follows what the user prefers and does not go against it: {preference}"],
            },
        ]);
    }

    // Choice-based talks name their four steps; persona-driven ones number their turns.
    private static void AddTalk(MessageList messages, JsonElement talk)
    {
        foreach (JsonProperty step in talk.EnumerateObject())
        {
            if (step.Value.ValueKind is JsonValueKind.Object)
            {
                messages.Add("user", DatasetJson.OptionalText(step.Value, "user") ?? "");
                messages.Add("assistant", DatasetJson.OptionalText(step.Value, "assistant") ?? "");
            }
            else if (step.Value.ValueKind is JsonValueKind.String)
            {
                messages.Add(step.Name.StartsWith("assistant", StringComparison.Ordinal) ? "assistant" : "user", step.Value.GetString() ?? "");
            }
        }
    }

    private async Task<IReadOnlyList<(string Role, string Text)>> InterTurnsAsync(string path, CancellationToken cancellationToken)
    {
        string folder = Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
        string? file = new[] { folder, Path.Combine(folder, ".."), Path.Combine(folder, "..", "..") }.Select(place => Path.Combine(place, InterTurnsFile)).FirstOrDefault(File.Exists);
        if (file is null || interTurns == 0)
        {
            return [];
        }

        List<(string, string)> turns = new(2 * interTurns);
        await foreach (JsonElement conversation in DatasetJson.ReadEntriesAsync(file, cancellationToken).ConfigureAwait(false))
        {
            foreach (JsonElement turn in DatasetJson.List(conversation, "conversation", file))
            {
                turns.Add((DatasetJson.Text(turn, "role", file), DatasetJson.Text(turn, "content", file)));
                if (turns.Count == 2 * interTurns)
                {
                    return turns;
                }
            }
        }

        return turns;
    }

    private static IEnumerable<string> Files(string path)
    {
        string[] folders = [.. Folders.Select(folder => Path.Combine(path, folder)).Where(Directory.Exists)];
        return folders.Length == 0
            ? DatasetFiles.Find(path, ".json").Where(file => Path.GetFileName(file) != InterTurnsFile)
            : folders.SelectMany(folder => DatasetFiles.Find(folder, ".json"));
    }
}
